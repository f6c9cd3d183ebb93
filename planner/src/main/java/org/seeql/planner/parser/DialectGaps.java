package org.seeql.planner.parser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.seeql.planner.parser.Token.Kind;

/**
 * Finds SQL where the grammar of MySQL or MariaDB may accept more than JSqlParser's. In all other
 * SQL, an error of JSqlParser is trusted at three kinds of positions. These are between two
 * operands, before a part of the SELECT that starts outside parentheses, and at the end.
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

  /** Words of MySQL and MariaDB for which JSqlParser has no keyword or a different grammar. */
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

  /** Words that start a part of a SELECT; they have no other use outside parentheses. */
  private static final Set<String> BEGINS_PART =
      Set.of("FROM", "WHERE", "GROUP", "HAVING", "ORDER", "UNION");

  /** The number of tokens before its stop at which JSqlParser may have misread the SQL. */
  private static final int NEAR = 2;

  private static final Set<String> KEYWORDS = keywords();

  /** Words whose effect may be far from the position where JSqlParser stops. */
  private static final Set<String> FAR_REACHING = Set.of("OVER", "WITHIN", "WINDOW", "JSON_TABLE");

  private final SourceText source;
  private final List<Token> tokens;

  DialectGaps(SourceText source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  /**
   * Whether the SQL is invalid in every dialect at the token where JSqlParser stopped.
   *
   * @param index of that token; the number of tokens if the SQL ends too early
   */
  boolean areCertainlyNoneAt(int index) {
    boolean believed = index == tokens.size() || endsAndBeginsOperand(index) || beginsPart(index);
    return believed && !anyNearOrAfter(index);
  }

  /** Whether there is any syntax outside the common core of SQL. */
  private boolean anyNearOrAfter(int index) {
    for (int i = 0; i < tokens.size(); i++) {
      if ((i >= index - NEAR && isGap(i)) || isAnyOf(i, FAR_REACHING)) {
        return true;
      }
    }
    return false;
  }

  /** {@code images FORM}, {@code a 5}: two operands without an operator or keyword between them. */
  private boolean endsAndBeginsOperand(int index) {
    // a string after an operand may be its alias
    return index > 0
        && isOperand(index)
        && !tokens.get(index).is(Kind.STRING)
        && (isOperand(index - 1) || source.isMark(tokens.get(index - 1), '*'));
  }

  private boolean isOperand(int index) {
    return switch (tokens.get(index).kind()) {
      case WORD -> !isAnyOf(index, KEYWORDS);
      case NUMBER, STRING, QUOTED_NAME, VARIABLE -> true;
      default -> false;
    };
  }

  private boolean beginsPart(int index) {
    long opened = tokens.subList(0, index).stream().filter(t -> source.isMark(t, '(')).count();
    long closed = tokens.subList(0, index).stream().filter(t -> source.isMark(t, ')')).count();
    return opened == closed && isAnyOf(index, BEGINS_PART);
  }

  private boolean isAny(Token token, String marks) {
    return token.is(Kind.MARK) && marks.indexOf(source.text().charAt(token.start())) >= 0;
  }

  private boolean isGap(int index) {
    Token token = tokens.get(index);
    Token previous = index > 0 ? tokens.get(index - 1) : token;
    if (token.is(Kind.STRING)) {
      // 'a' 'b' is one string, and _utf8'a' is a string with a character set
      boolean joined = index > 0 && previous.is(Kind.STRING);
      boolean prefixed = previous.touches(token) || source.text(previous).startsWith("_");
      return joined || (previous.is(Kind.WORD) && prefixed);
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

  private static Set<String> keywords() {
    try (InputStream in = DialectGaps.class.getResourceAsStream("keywords.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the list of keywords", e);
    }
  }

  private static Set<String> beyondCore() {
    Set<String> words = new HashSet<>(SelectParser.reservedWords());
    Collections.addAll(words, MYSQL.split("\\s+"));
    words.removeAll(CORE);
    return Set.copyOf(words);
  }
}
