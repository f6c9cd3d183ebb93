package org.seeql.planner.parser;

import java.util.List;
import org.seeql.planner.parser.Token.Kind;

/**
 * Distinguishes the keywords of a clause from names. Most of them are not reserved words, so the
 * tokens after them decide.
 */
final class ClauseWords {
  /** Also reserved in MySQL: as names they need quotes. */
  private static final List<String> RESERVED = List.of("WITH", "USING", "INTO", "COLUMN", "FOR");

  private static final List<String> ALL =
      List.of("WITH", "USING", "INTO", "COLUMN", "FOR", "LABEL", "CMD");

  private ClauseWords() {}

  /** Whether the next word starts another part of the clause although a name is expected. */
  static boolean isInPlaceOfName(TokenCursor cursor) {
    return (cursor.isAnyWord(RESERVED) && !continues(cursor)) || isInPlaceOfValue(cursor);
  }

  /** Whether the next word starts another part of the clause although a value is expected. */
  static boolean isInPlaceOfValue(TokenCursor cursor) {
    return cursor.isAnyWord(ALL) && beginsOperand(cursor, 1) && !continues(cursor);
  }

  /** Whether the next word starts another part of the clause although an attribute is expected. */
  static boolean isInPlaceOfAttribute(TokenCursor cursor) {
    return cursor.isAnyWord(ALL) && !cursor.isMark(1, '=') && !cursor.isMark(1, '.');
  }

  /** Whether a word is a keyword between two parts of a clause. */
  static boolean isAny(TokenCursor cursor, int ahead) {
    return cursor.isAnyWord(ahead, ALL);
  }

  /** {@code into.t}, {@code with/model}: the word is the start of a longer name. */
  private static boolean continues(TokenCursor cursor) {
    Token next = cursor.peek(1);
    return cursor.isMark(1, '.')
        || (cursor.peek().touches(next) && !next.is(Kind.END) && !cursor.isMark(1, ','));
  }

  private static boolean beginsOperand(TokenCursor cursor, int ahead) {
    return switch (cursor.peek(ahead).kind()) {
      case STRING, NUMBER, QUOTED_NAME, VARIABLE -> true;
      case WORD ->
          !cursor.isAnyWord(ahead, ALL) && !cursor.isAnyWord(ahead, ExpressionParser.OPERATORS);
      default -> false;
    };
  }
}
