package org.seeql.planner.parser;

import java.util.List;
import java.util.Optional;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;

/**
 * Tells SeeQL's statements from those of another engine's SQL, which is asked first and has refused
 * the text. Pure and thread-safe.
 */
public final class OwnStatement {
  private OwnStatement() {}

  /**
   * The statement of a text, if it is written for SeeQL; empty if the text is another's.
   *
   * @param dialect of the SELECT before a clause
   * @throws SqlSyntaxException if it is written for SeeQL and wrong, or has a second statement
   */
  public static Optional<Statement> find(String text, Dialect dialect) {
    SourceText source = new SourceText(text);
    List<List<Token>> statements = StatementSplitter.split(Tokenizer.tokens(text));
    if (statements.stream()
        .noneMatch(s -> new StatementParser(source, s, dialect).isMeantForSeeql())) {
      return Optional.empty();
    }
    if (statements.size() > 1) {
      throw source.error(
          statements.get(1).get(0).start(),
          "Only one statement can be run at a time",
          List.of("the end of the text"));
    }
    Statement statement = new StatementParser(source, statements.get(0), dialect).parse();
    return statement instanceof SqlStatement ? Optional.empty() : Optional.of(statement);
  }
}
