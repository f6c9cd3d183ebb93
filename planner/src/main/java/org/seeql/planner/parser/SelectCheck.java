package org.seeql.planner.parser;

import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.statement.select.Select;

/**
 * Checks the SELECT before a clause. The database validates its own dialect. SQL that JSqlParser
 * cannot parse is refused only if it is invalid in every version of MySQL and MariaDB.
 */
final class SelectCheck {
  private static final int DEEPEST = 1000;

  private SelectCheck() {}

  /**
   * Refuses a selection that no supported database accepts.
   *
   * @param tokens of the selection only
   * @param to the TO after it
   */
  static void check(SourceText source, List<Token> tokens, Token to) {
    refuseDeepNesting(source, tokens);
    SelectParser.Outcome outcome = SelectParser.parse(source, tokens);
    if (outcome.parsed().isPresent()) {
      if (!(outcome.parsed().get().statement() instanceof Select)) {
        throw source.error(to.start(), "A clause needs a SELECT before it", List.of());
      }
      return;
    }
    Optional<Token> mistake = SelectMistakes.find(source, tokens, to);
    if (mistake.isPresent()) {
      throw error(source, mistake.get());
    }
    if (outcome.stoppedAt().isPresent()) {
      int stopped = outcome.stoppedAt().getAsInt();
      int index = (int) tokens.stream().takeWhile(token -> token.end() <= stopped).count();
      if (new DialectGaps(source, tokens).areCertainlyNoneAt(index)) {
        throw error(source, index < tokens.size() ? tokens.get(index) : to);
      }
    }
  }

  /** Refuses only errors before the TO, because the TO itself may be the error. */
  static void checkNeighbours(SourceText source, List<Token> tokens, Token to) {
    Optional<Token> mistake = SelectMistakes.find(source, tokens, to).filter(t -> !t.equals(to));
    if (mistake.isPresent()) {
      throw error(source, mistake.get());
    }
  }

  private static SqlSyntaxException error(SourceText source, Token token) {
    return source.error(
        token.start(), "Unexpected " + source.text(token) + " in the SELECT", List.of());
  }

  private static void refuseDeepNesting(SourceText source, List<Token> tokens) {
    int depth = 0;
    for (Token token : tokens) {
      if (source.isMark(token, '(') && ++depth > DEEPEST) {
        throw source.error(
            token.start(), "Parentheses are nested deeper than " + DEEPEST + " levels", List.of());
      }
      if (source.isMark(token, ')')) {
        depth--;
      }
    }
  }
}
