package org.seeql.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.cli.report.SqlHighlighter.Piece;

class SqlHighlighterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "select a from t|KEYWORD:select PLAIN: a  KEYWORD:from PLAIN: t",
        "1.5e3 x2|NUMBER:1.5e3 PLAIN: x2",
        "'it''s TO RUN'|STRING:'it' STRING:'s TO RUN'",
        "'a\\'b' c|STRING:'a\\'b' PLAIN: c",
        "\"-- no\" to run|STRING:\"-- no\" PLAIN:  EXTENSION:to PLAIN:  EXTENSION:run",
        "`a'b` -- TO|QUOTED:`a'b` PLAIN:  COMMENT:-- TO",
        "/* select */ # x|COMMENT:/* select */ PLAIN:  COMMENT:# x",
        "'open|STRING:'open",
        "/* open|COMMENT:/* open",
        "größe_from|PLAIN:größe_from",
      })
  void classifiesThePartsOfAStatement(String sql, String expected) {
    String pieces =
        SqlHighlighter.pieces(sql).stream()
            .map(piece -> piece.kind() + ":" + piece.text())
            .collect(Collectors.joining(" "));

    assertThat(pieces).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "'", "\\", "'\\", "`", "/*/", "--", "#\n'x\ny'", "\0<b>&\uD83D\uDC36"})
  void losesNothing(String sql) {
    assertThat(joined(sql)).isEqualTo(sql);
  }

  @Test
  void leavesAVeryLongStatementPlain() {
    String sql = "SELECT " + "(".repeat(30_000);

    assertThat(SqlHighlighter.pieces(sql))
        .containsExactly(new Piece(SqlHighlighter.Kind.PLAIN, sql));
  }

  @Test
  void handlesTenThousandParentheses() {
    String sql = "SELECT " + "(".repeat(10_000);

    assertThat(joined(sql)).isEqualTo(sql);
    assertThat(SqlHighlighter.pieces(sql)).hasSize(2);
  }

  private static String joined(String sql) {
    return SqlHighlighter.pieces(sql).stream().map(Piece::text).collect(Collectors.joining());
  }
}
