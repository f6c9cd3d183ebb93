package org.seeql.planner.parser;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.seeql.planner.parser.Token.Kind;

/**
 * Where MySQL's and MariaDB's grammar goes and JSqlParser's need not follow. On the core of SQL
 * that is left, what JSqlParser refuses is wrong.
 */
final class DialectGaps {
  private static final Set<String> CORE =
      Set.of(
          "SELECT",
          "DISTINCT",
          "ALL",
          "FROM",
          "WHERE",
          "GROUP",
          "HAVING",
          "ORDER",
          "LIMIT",
          "AS",
          "JOIN",
          "INNER",
          "LEFT",
          "RIGHT",
          "OUTER",
          "CROSS",
          "ON",
          "AND",
          "OR",
          "NOT",
          "IN",
          "IS",
          "NULL",
          "LIKE",
          "BETWEEN",
          "EXISTS",
          "WHEN",
          "ELSE",
          "UNION",
          "TRUE",
          "FALSE",
          "WITH");

  /** Words of MySQL and MariaDB that JSqlParser has no keyword for, or another grammar. */
  private static final String MYSQL =
      """
      AGAINST ANALYSE BINARY CAST CHAR CHARACTER CHARSET COLLATE COLUMNS CONVERT CUBE
      DISTINCTROW DIV DUMPFILE ESCAPE EXTRACT FIELDS GET_FORMAT GROUP_CONCAT HIGH_PRIORITY
      INDEX JSON_ARRAYAGG JSON_OBJECTAGG JSON_TABLE KEY LEADING LINES LOCK LOW_PRIORITY MATCH
      MEMBER MOD MODE NATIONAL NEXT NOWAIT OF OJ OUTFILE OVER PARTITION PERIOD PREVIOUS
      RECURSIVE REGEXP RLIKE ROLLUP ROW ROWNUM ROWS SEPARATOR SHARE SKIP SOUNDS SQL_BIG_RESULT
      SQL_BUFFER_RESULT SQL_SMALL_RESULT SYSTEM SYSTEM_TIME TABLE TIES VERSIONS WAIT
      WEIGHT_STRING WITHIN""";

  private static final Set<String> BEYOND_CORE = beyondCore();

  /** What may be far from where JSqlParser stops. */
  private static final Set<String> FAR_REACHING = Set.of("OVER", "WITHIN", "WINDOW", "JSON_TABLE");

  private final SourceText source;
  private final List<Token> tokens;

  DialectGaps(SourceText source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  /** Whether anything beyond the core of SQL stands near an offset or after it. */
  boolean anyFrom(int offset) {
    if (comparesAt(offset)) {
      return true;
    }
    for (int i = 0; i < tokens.size(); i++) {
      boolean near = i + 1 == tokens.size() || tokens.get(i + 1).end() > offset;
      if ((near && isGap(i)) || isAnyOf(i, FAR_REACHING)) {
        return true;
      }
    }
    return false;
  }

  /** {@code a < b = c} compares the outcome of a comparison. */
  private boolean comparesAt(int offset) {
    return tokens.stream().anyMatch(t -> t.start() == offset && isAny(t, "=<>!"));
  }

  private boolean isAny(Token token, String marks) {
    return token.is(Kind.MARK) && marks.indexOf(source.text().charAt(token.start())) >= 0;
  }

  private boolean isGap(int index) {
    Token token = tokens.get(index);
    Token previous = index > 0 ? tokens.get(index - 1) : token;
    if (token.is(Kind.STRING)) {
      // 'a' 'b' is one string, _utf8'a' one with a character set
      boolean joined = index > 0 && previous.is(Kind.STRING);
      return joined || (previous.is(Kind.WORD) && previous.touches(token));
    }
    if (token.is(Kind.MARK)) {
      return isAny(token, "{}\\@")
          || (isAny(token, "+-") && index > 0 && isAny(previous, "+-"))
          || (source.isMark(token, '.')
              && (index == 0 || previous.is(Kind.MARK) || !previous.touches(token)));
    }
    return isAnyOf(index, BEYOND_CORE);
  }

  private boolean isAnyOf(int index, Set<String> words) {
    Token token = tokens.get(index);
    return token.is(Kind.WORD)
        && !(index > 0 && source.isMark(tokens.get(index - 1), '.'))
        && words.contains(source.text(token).toUpperCase(Locale.ROOT));
  }

  private static Set<String> beyondCore() {
    Set<String> words = new HashSet<>(SelectParser.reservedWords());
    Collections.addAll(words, MYSQL.split("\\s+"));
    words.removeAll(CORE);
    return Set.copyOf(words);
  }
}
