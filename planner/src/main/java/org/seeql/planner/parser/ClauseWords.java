package org.seeql.planner.parser;

import java.util.List;
import org.seeql.planner.parser.Token.Kind;

/**
 * Tells the keywords within a clause from names. Most are no reserved words, so what follows them
 * decides.
 */
final class ClauseWords {
  /** Reserved in MySQL too: as a name they need quotes. */
  private static final List<String> RESERVED = List.of("WITH", "USING", "INTO", "COLUMN", "FOR");

  private static final List<String> ALL =
      List.of("WITH", "USING", "INTO", "COLUMN", "FOR", "LABEL", "CMD");

  private ClauseWords() {}

  /** Whether the next word begins a part of the clause where the name of something is missing. */
  static boolean isInPlaceOfName(TokenCursor cursor) {
    return (cursor.isAnyWord(RESERVED) && !continues(cursor)) || isInPlaceOfValue(cursor);
  }

  /** Whether the next word begins a part of the clause where a value is missing. */
  static boolean isInPlaceOfValue(TokenCursor cursor) {
    return cursor.isAnyWord(ALL) && beginsOperand(cursor, 1) && !continues(cursor);
  }

  /** Whether the next word begins a part of the clause where an attribute is missing. */
  static boolean isInPlaceOfAttribute(TokenCursor cursor) {
    return cursor.isAnyWord(ALL) && !cursor.isMark(1, '=') && !cursor.isMark(1, '.');
  }

  /** {@code into.t}, {@code with/model}: a longer name begins with the word. */
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
