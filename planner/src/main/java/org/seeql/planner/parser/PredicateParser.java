package org.seeql.planner.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.seeql.planner.parser.Token.Kind;
import org.seeql.planner.predicate.Predicate;

/**
 * Parses {@code (person AND dog) OR NOT 'traffic light'}. NOT binds tighter than AND, and AND
 * tighter than OR.
 */
final class PredicateParser {
  // JSON output nests twice as deep, and JSON readers commonly stop at 1,000 levels
  static final int DEEPEST = 400;

  private static final List<String> AFTER_CLASS = List.of("AND", "OR", "WITH", "INTO");

  private final TokenCursor cursor;
  private final Operators operators;
  private int depth;

  /**
   * A parser for the predicate of a clause, in which AND, OR, WITH and INTO may also be class
   * names.
   */
  PredicateParser(TokenCursor cursor) {
    this(cursor, Operators.MAY_BE_CLASSES);
  }

  PredicateParser(TokenCursor cursor, Operators operators) {
    this.cursor = cursor;
    this.operators = operators;
  }

  /** Whether an operator word may be a class name at a position where it cannot be an operator. */
  enum Operators {
    MAY_BE_CLASSES,
    ARE_RESERVED
  }

  Predicate parse() {
    return joined("OR", this::and, PredicateParser::or);
  }

  private Predicate and() {
    return joined("AND", this::operand, PredicateParser::and);
  }

  private Predicate joined(
      String operator, Supplier<Predicate> part, Function<List<Predicate>, Predicate> join) {
    List<Predicate> parts = new ArrayList<>();
    parts.add(part.get());
    while (cursor.acceptWord(operator)) {
      parts.add(part.get());
    }
    return parts.size() == 1 ? parts.get(0) : join.apply(parts);
  }

  /** {@code (a AND b) AND c} becomes one AND with three operands. */
  private static Predicate.Or or(List<Predicate> parts) {
    return new Predicate.Or(
        parts.stream()
            .flatMap(p -> p instanceof Predicate.Or or ? or.parts().stream() : Stream.of(p))
            .toList());
  }

  private static Predicate.And and(List<Predicate> parts) {
    return new Predicate.And(
        parts.stream()
            .flatMap(p -> p instanceof Predicate.And and ? and.parts().stream() : Stream.of(p))
            .toList());
  }

  private Predicate operand() {
    if (cursor.isWord("NOT") || cursor.isMark('(')) {
      return nested();
    }
    Token token = cursor.peek();
    if (token.is(Kind.STRING)) {
      return new Predicate.Presence(StringLiteral.decode(cursor.source(), cursor.next()));
    }
    if (isNoClass()) {
      throw cursor.unexpected(List.of("a class", "NOT", "'('"));
    }
    if (!token.is(Kind.WORD) && !token.is(Kind.QUOTED_NAME)) {
      throw cursor.unexpected(List.of("a class", "NOT", "'('"));
    }
    return new Predicate.Presence(new NameParser(cursor).part("a class"));
  }

  private Predicate nested() {
    if (depth == DEEPEST) {
      throw cursor.error(
          cursor.peek(), "The predicate is nested deeper than " + DEEPEST + " levels", List.of());
    }
    depth++;
    Predicate nested;
    if (cursor.acceptWord("NOT")) {
      nested = new Predicate.Not(operand());
    } else {
      cursor.expectMark('(');
      nested = parse();
      if (!cursor.acceptMark(')')) {
        throw cursor.unexpected(List.of("AND", "OR", "')'"));
      }
    }
    depth--;
    return nested;
  }

  private boolean isNoClass() {
    return switch (operators) {
      case ARE_RESERVED -> cursor.isWord("AND") || cursor.isWord("OR");
      case MAY_BE_CLASSES -> cursor.isAnyWord(AFTER_CLASS) && !endsClass(1);
    };
  }

  /** Whether the next token shows that a keyword is a class name here. */
  private boolean endsClass(int ahead) {
    return cursor.peek(ahead).is(Kind.END)
        || cursor.isMark(ahead, ')')
        || cursor.isAnyWord(ahead, AFTER_CLASS);
  }
}
