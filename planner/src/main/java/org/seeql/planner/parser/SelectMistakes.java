package org.seeql.planner.parser;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seeql.planner.parser.Token.Kind;

/**
 * Finds pairs of adjacent tokens that are invalid in every dialect of SQL. Finds few errors, but
 * without false positives.
 */
final class SelectMistakes {
  /** Words after which an expression, a table or a name must follow. All are reserved in MySQL. */
  private static final Set<String> WANTS_MORE =
      Set.of(
          "SELECT",
          "DISTINCT",
          "FROM",
          "WHERE",
          "HAVING",
          "BY",
          "ON",
          "JOIN",
          "AND",
          "OR",
          "NOT",
          "LIKE",
          "BETWEEN",
          "AS",
          "LIMIT",
          "UNION",
          "WHEN",
          "THEN",
          "ELSE");

  /** Words that cannot start an expression, a table or a name. All are reserved in MySQL. */
  private static final Set<String> BEGINS_NOTHING =
      Set.of(
          "FROM", "WHERE", "HAVING", "BY", "ON", "JOIN", "AND", "OR", "LIKE", "BETWEEN", "AS",
          "LIMIT", "UNION", "GROUP", "ORDER", "WHEN", "THEN", "ELSE");

  private static final Map<String, String> ALWAYS_BEFORE = Map.of("GROUP", "BY", "ORDER", "BY");
  private static final String OPERATORS = "=<>/%|&^";
  private static final String SIGNS = "+-";

  private final SourceText source;
  private final List<Token> tokens;

  private SelectMistakes(SourceText source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  /**
   * The first token that is invalid at its position.
   *
   * @param tokens of a selection
   * @param to the token after them
   */
  static Optional<Token> find(SourceText source, List<Token> tokens, Token to) {
    SelectMistakes mistakes = new SelectMistakes(source, tokens);
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token next = i + 1 < tokens.size() ? tokens.get(i + 1) : to;
      if (mistakes.excludes(i, next, i + 1 == tokens.size())) {
        return Optional.of(next);
      }
      depth += source.isMark(tokens.get(i), '(') ? 1 : source.isMark(tokens.get(i), ')') ? -1 : 0;
      if (depth < 0) {
        return Optional.of(tokens.get(i));
      }
    }
    return Optional.empty();
  }

  /** Whether the next token is invalid after the token at an index. */
  private boolean excludes(int index, Token next, boolean atEnd) {
    Token token = tokens.get(index);
    if (source.isMark(token, '.')) {
      return !next.is(Kind.WORD) && !next.is(Kind.QUOTED_NAME) && !source.isMark(next, '*');
    }
    if (index > 0 && source.isMark(tokens.get(index - 1), '.')) {
      return false; // a name, even if it looks like a keyword
    }
    if (source.isMark(next, '.') && token.touches(next)) {
      return false; // a name here, too
    }
    String word = token.is(Kind.WORD) ? upper(token) : "";
    if (ALWAYS_BEFORE.containsKey(word)) {
      return atEnd || !(isWord(next, ALWAYS_BEFORE.get(word)) || source.isMark(next, '('));
    }
    if (WANTS_MORE.contains(word)
        || source.isMark(token, ',')
        || isMark(token, OPERATORS + SIGNS)) {
      return atEnd || beginsNothing(token, next);
    }
    // a window may start with its order
    return source.isMark(token, '(')
        && !source.isMark(next, ')')
        && !isWord(next, "ORDER")
        && beginsNothing(token, next);
  }

  private boolean beginsNothing(Token before, Token next) {
    if (next.is(Kind.WORD)) {
      return BEGINS_NOTHING.contains(upper(next)) && !isNegated(before, next);
    }
    if (source.isMark(next, ',') || source.isMark(next, ')')) {
      return true;
    }
    boolean longOperator = isMark(before, OPERATORS + SIGNS) && before.touches(next);
    boolean doubled = source.isMark(before, '=') && source.isMark(next, '=');
    return isMark(next, OPERATORS) && (doubled || !longOperator);
  }

  /** {@code NOT LIKE}, {@code NOT BETWEEN}. */
  private boolean isNegated(Token before, Token next) {
    return isWord(before, "NOT") && (isWord(next, "LIKE") || isWord(next, "BETWEEN"));
  }

  private boolean isMark(Token token, String marks) {
    return token.is(Kind.MARK) && marks.indexOf(source.text().charAt(token.start())) >= 0;
  }

  private boolean isWord(Token token, String word) {
    return source.isWord(token, word);
  }

  private String upper(Token token) {
    return source.text(token).toUpperCase(Locale.ROOT);
  }
}
