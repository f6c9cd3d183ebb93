package org.seeql.cli.console;

import java.util.Map;
import java.util.stream.Collectors;
import org.seeql.cli.report.SqlHighlighter;
import org.seeql.cli.report.SqlHighlighter.Kind;
import org.seeql.cli.report.SqlHighlighter.Piece;

/** Colours a statement for a terminal. */
public final class HighlightedSql {
  private static final Map<Kind, Style> STYLES =
      Map.of(
          Kind.KEYWORD, Style.BLUE,
          Kind.EXTENSION, Style.MAGENTA,
          Kind.STRING, Style.GREEN,
          Kind.NUMBER, Style.CYAN,
          Kind.COMMENT, Style.DIM);

  private HighlightedSql() {}

  /**
   * The statement with the channel's colours. Without escape sequences it equals the original text.
   */
  public static String of(String sql, Channel channel) {
    return SqlHighlighter.pieces(sql).stream()
        .map(piece -> paint(piece, channel))
        .collect(Collectors.joining());
  }

  private static String paint(Piece piece, Channel channel) {
    Style style = STYLES.get(piece.kind());
    return style == null ? piece.text() : channel.paint(style, piece.text());
  }
}
