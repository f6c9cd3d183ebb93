package org.seeql.planner.parser;

import java.util.ArrayList;
import java.util.List;
import org.seeql.planner.statement.Program;
import org.seeql.planner.statement.Statement;

/** Reads programs: statements of the database's own SQL and SeeQL's. Pure and thread-safe. */
public final class ProgramParser {
  private ProgramParser() {}

  /**
   * Reads a whole program. What is not SeeQL's own is not checked.
   *
   * @throws SqlSyntaxException for the first mistake in the order of the text
   */
  public static Program parse(String text) {
    SourceText source = new SourceText(withoutByteOrderMark(text));
    List<Statement> statements = new ArrayList<>();
    for (List<Token> tokens : StatementSplitter.split(Tokenizer.tokens(source.text()))) {
      statements.add(new StatementParser(source, tokens, Dialect.DATABASE).parse());
    }
    return new Program(statements);
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
