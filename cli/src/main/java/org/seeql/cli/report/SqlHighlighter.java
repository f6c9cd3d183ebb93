package org.seeql.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits a statement into pieces to colour. It accepts any text: unknown parts are plain pieces.
 * The concatenated pieces equal the statement.
 */
public final class SqlHighlighter {

  /** Longer statements are one plain piece: a list of a million ids needs no colours. */
  private static final int LONGEST_COLOURED = 20_000;

  private static final Set<String> KEYWORDS =
      Set.of(
          "ALL",
          "AND",
          "AS",
          "ASC",
          "BETWEEN",
          "BY",
          "CASE",
          "CAST",
          "CROSS",
          "DESC",
          "DISTINCT",
          "ELSE",
          "END",
          "EXCEPT",
          "EXISTS",
          "FALSE",
          "FROM",
          "GROUP",
          "HAVING",
          "IN",
          "INNER",
          "INTERSECT",
          "IS",
          "JOIN",
          "LEFT",
          "LIKE",
          "LIMIT",
          "NOT",
          "NULL",
          "OFFSET",
          "ON",
          "OR",
          "ORDER",
          "OUTER",
          "OVER",
          "PARTITION",
          "REGEXP",
          "RIGHT",
          "SELECT",
          "THEN",
          "TRUE",
          "UNION",
          "USING",
          "WHEN",
          "WHERE",
          "WITH");

  /** Keywords that SeeQL adds to the SQL of the database. */
  private static final Set<String> EXTENSION =
      Set.of(
          "TO",
          "RUN",
          "PREDICT",
          "FIND",
          "TRAIN",
          "EVALUATE",
          "EXPLAIN",
          "CMD",
          "INTO",
          "COLUMN",
          "LABEL");

  /** The kind of a piece. Its name is the CSS class on the page. */
  public enum Kind {
    PLAIN,
    KEYWORD,
    EXTENSION,
    STRING,
    QUOTED,
    NUMBER,
    COMMENT;

    String css() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public record Piece(Kind kind, String text) {}

  private final String sql;
  private final List<Piece> pieces = new ArrayList<>();
  private int plainFrom = 0;

  private SqlHighlighter(String sql) {
    this.sql = sql;
  }

  public static List<Piece> pieces(String sql) {
    if (sql.length() > LONGEST_COLOURED) {
      return List.of(new Piece(Kind.PLAIN, sql));
    }
    return new SqlHighlighter(sql).cut();
  }

  private List<Piece> cut() {
    int at = 0;
    while (at < sql.length()) {
      Kind kind = kindAt(at);
      int end = endOf(kind, at);
      if (kind == Kind.KEYWORD) {
        kind = kindOfWord(sql.substring(at, end).toUpperCase(Locale.ROOT));
      }
      if (kind != Kind.PLAIN) {
        flushPlain(at);
        pieces.add(new Piece(kind, sql.substring(at, end)));
        plainFrom = end;
      }
      at = end;
    }
    flushPlain(at);
    return List.copyOf(pieces);
  }

  /** The kind that starts here. Every word counts as a keyword until it has been read. */
  private Kind kindAt(int at) {
    char c = sql.charAt(at);
    if (c == '\'' || c == '"') {
      return Kind.STRING;
    }
    if (c == '`') {
      return Kind.QUOTED;
    }
    if (c == '#' || sql.startsWith("/*", at) || sql.startsWith("--", at)) {
      return Kind.COMMENT;
    }
    if (c >= '0' && c <= '9') {
      return Kind.NUMBER;
    }
    return isWord(c) ? Kind.KEYWORD : Kind.PLAIN;
  }

  private int endOf(Kind kind, int at) {
    return switch (kind) {
      case STRING, QUOTED -> endOfQuoted(at);
      case COMMENT -> endOfComment(at);
      case KEYWORD, NUMBER -> endOfWord(at, kind);
      case EXTENSION, PLAIN -> at + 1;
    };
  }

  private int endOfQuoted(int at) {
    char quote = sql.charAt(at);
    for (int i = at + 1; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == '\\' && quote != '`') {
        i++;
      } else if (c == quote) {
        return i + 1;
      }
    }
    return sql.length();
  }

  private int endOfComment(int at) {
    boolean block = sql.startsWith("/*", at);
    int end = block ? sql.indexOf("*/", at + 2) : sql.indexOf('\n', at);
    if (end < 0) {
      return sql.length();
    }
    return block ? end + 2 : end;
  }

  private int endOfWord(int at, Kind kind) {
    int end = at + 1;
    while (end < sql.length()
        && (isWord(sql.charAt(end)) || (kind == Kind.NUMBER && sql.charAt(end) == '.'))) {
      end++;
    }
    return end;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private static Kind kindOfWord(String word) {
    if (EXTENSION.contains(word)) {
      return Kind.EXTENSION;
    }
    return KEYWORDS.contains(word) ? Kind.KEYWORD : Kind.PLAIN;
  }

  private void flushPlain(int end) {
    if (plainFrom < end) {
      pieces.add(new Piece(Kind.PLAIN, sql.substring(plainFrom, end)));
    }
    plainFrom = end;
  }
}
