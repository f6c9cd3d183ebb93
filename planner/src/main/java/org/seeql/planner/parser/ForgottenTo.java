package org.seeql.planner.parser;

import java.util.List;
import java.util.Optional;

/**
 * Finds a clause without its {@code TO}, in a statement that the database has refused: {@code
 * SELECT * FROM images PREDICT …}. Pure and thread-safe.
 */
public final class ForgottenTo {
  private ForgottenTo() {}

  /** A hint for the user, if the SELECT has the word of a clause after FROM and no TO before it. */
  public static Optional<String> hint(String sql) {
    SourceText source = new SourceText(sql);
    List<Token> tokens = Tokenizer.tokens(sql);
    if (!source.isWord(tokens.get(0), "SELECT") && !source.isWord(tokens.get(0), "WITH")) {
      return Optional.empty();
    }
    boolean afterFrom = false;
    for (int i = 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      afterFrom |= source.isWord(token, "FROM");
      Optional<String> clause =
          ClauseParser.CLAUSES.stream().filter(word -> source.isWord(token, word)).findFirst();
      if (afterFrom && clause.isPresent() && !source.isWord(tokens.get(i - 1), "TO")) {
        return Optional.of("a clause of SeeQL starts with TO: write TO " + clause.get());
      }
    }
    return Optional.empty();
  }
}
