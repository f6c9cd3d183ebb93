package org.seeql.planner.parser;

import java.util.List;
import java.util.Optional;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;

/**
 * Recognizes SeeQL's statements in text that another engine's SQL parser has rejected. Pure and
 * thread-safe.
 */
public final class OwnStatement {
  private OwnStatement() {}

  /**
   * The parsed statement, if the text is meant for SeeQL; empty if it belongs to the other engine.
   *
   * @param dialect of the SELECT before a clause
   * @throws SqlSyntaxException if it is meant for SeeQL and invalid, or followed by a second
   *     statement
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
