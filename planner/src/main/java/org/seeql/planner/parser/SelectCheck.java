package org.seeql.planner.parser;

import java.util.List;
import net.sf.jsqlparser.statement.select.Select;

/**
 * Checks the SELECT before a clause. The database is the judge of its own dialect: what JSqlParser
 * cannot read is refused only when it is wrong in every dialect.
 */
final class SelectCheck {
  private static final int DEEPEST = 1000;

  private SelectCheck() {}

  /**
   * Refuses a selection that no database takes.
   *
   * @param tokens of the selection alone
   * @param to the TO behind it
   */
  static void check(SourceText source, List<Token> tokens, Token to) {
    refuseDeepNesting(source, tokens);
    SelectParser.Outcome outcome = SelectParser.parse(source, tokens);
    if (outcome.statement().isPresent()) {
      if (!(outcome.statement().get() instanceof Select)) {
        throw source.error(to.start(), "A clause needs a SELECT before it", List.of());
      }
      return;
    }
    if (tokens.isEmpty() || SelectMistakes.find(source, tokens).isPresent()) {
      int stopped =
          outcome
              .stoppedAt()
              .orElseGet(() -> SelectMistakes.find(source, tokens).orElse(to).start());
      throw error(source, tokens, to, stopped);
    }
  }

  private static SqlSyntaxException error(
      SourceText source, List<Token> tokens, Token to, int stopped) {
    Token at = tokens.stream().filter(t -> t.end() > stopped).findFirst().orElse(to);
    return source.error(
        at.start(), "The SELECT is not sound: unexpected " + source.text(at), List.of());
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
