package org.seeql.planner.parser;

import java.util.List;
import org.seeql.planner.parser.Token.Kind;

/**
 * Finds the end of an expression, such as {@code 2 * (3 + 4)} or {@code CROSS([a, b], 10)}. Checks
 * only that operands and operators alternate; does not evaluate anything.
 */
final class ExpressionParser {
  private static final int DEEPEST = 200;
  static final List<String> OPERATORS =
      List.of("AND", "OR", "XOR", "DIV", "MOD", "LIKE", "REGEXP", "RLIKE", "IS", "IN");
  private static final String MARK_OPERATORS = "+-*/%<>=!&|^";

  private final TokenCursor cursor;
  private int tokens;
  private boolean bareWord;

  ExpressionParser(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /** The number of tokens in the last expression; a bare word counts as one. */
  int tokens() {
    return tokens;
  }

  /** Whether the last expression was a single word or path, such as {@code reg:squarederror}. */
  boolean wasBareWord() {
    return bareWord;
  }

  /** The text of one expression, on one line. */
  String parse(String what) {
    int start = cursor.mark();
    tokens = 0;
    bareWord = false;
    boolean path = expression(what, 0);
    bareWord = path && tokens == 1;
    return cursor.tidySlice(start);
  }

  /** Whether the last operand was a word or path. */
  private boolean expression(String what, int depth) {
    boolean path = operand(what, depth);
    while (operator()) {
      path = operand("a value", depth);
    }
    return path;
  }

  private boolean operator() {
    if (cursor.isAnyWord(OPERATORS)) {
      take();
      return true;
    }
    boolean found = false;
    while (isOperatorMark()) {
      take();
      found = true;
      if (!cursor.previous().touches(cursor.peek())) {
        break;
      }
    }
    return found;
  }

  private boolean isOperatorMark() {
    Token token = cursor.peek();
    return token.is(Kind.MARK)
        && MARK_OPERATORS.indexOf(cursor.source().text().charAt(token.start())) >= 0;
  }

  private boolean operand(String what, int depth) {
    if (depth == DEEPEST) {
      throw cursor.error(
          cursor.peek(), "The expression is nested deeper than " + DEEPEST + " levels", List.of());
    }
    while (cursor.isMark('-') || cursor.isMark('+') || cursor.isMark('!') || isNot()) {
      take();
    }
    if (ClauseWords.isInPlaceOfValue(cursor)) {
      throw cursor.unexpected(List.of(what));
    }
    Token token = cursor.peek();
    switch (token.kind()) {
      case STRING, NUMBER, VARIABLE -> take();
      case WORD, QUOTED_NAME -> {
        new NameParser(cursor).reference(what);
        tokens++;
        if (cursor.isMark('(')) {
          bracketed(')', depth);
          return false;
        }
        return token.is(Kind.WORD);
      }
      default -> {
        if (cursor.isMark('(')) {
          bracketed(')', depth);
        } else if (cursor.isMark('[')) {
          bracketed(']', depth);
        } else if (cursor.isMark('*')) {
          take();
        } else {
          throw cursor.unexpected(List.of(what));
        }
      }
    }
    return false;
  }

  /** NOT before an operand; otherwise the word is an operand itself. */
  private boolean isNot() {
    return cursor.isWord("NOT")
        && (cursor.peek(1).is(Kind.WORD) || cursor.isMark(1, '(') || cursor.isMark(1, '!'));
  }

  private void bracketed(char close, int depth) {
    take();
    if (!cursor.isMark(close)) {
      expression("a value", depth + 1);
      while (cursor.isMark(',')) {
        take();
        expression("a value", depth + 1);
      }
    }
    if (!cursor.isMark(close)) {
      throw cursor.unexpected(List.of("','", "'" + close + "'"));
    }
    take();
  }

  private void take() {
    cursor.next();
    tokens++;
  }
}
