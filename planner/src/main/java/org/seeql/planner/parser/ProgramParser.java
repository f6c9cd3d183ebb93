package org.seeql.planner.parser;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.seeql.planner.statement.Program;
import org.seeql.planner.statement.SourcePosition;
import org.seeql.planner.statement.SqlMode;
import org.seeql.planner.statement.Statement;

/**
 * Parses programs, which mix statements of the database's SQL with SeeQL's own. Pure and
 * thread-safe.
 */
public final class ProgramParser {
  private ProgramParser() {}

  /**
   * Parses a whole program. Statements that are not SeeQL's own are not checked.
   *
   * @throws SqlSyntaxException for the first error in the order of the text
   */
  public static Program parse(String text) {
    return parse(text, SqlMode.DEFAULT);
  }

  /**
   * Parses a whole program for a session that starts in the given mode.
   *
   * @param mode when the program starts; its SET statements change it
   * @throws SqlSyntaxException for the first error in the order of the text
   */
  public static Program parse(String text, SqlMode mode) {
    SourceText source = new SourceText(withoutByteOrderMark(text));
    Tokenizer tokenizer = Tokenizer.read(source, mode);
    List<Statement> statements = new ArrayList<>();
    List<SqlMode> modes = new ArrayList<>();
    Set<SourcePosition> vertical = new LinkedHashSet<>();
    for (List<Token> tokens : StatementSplitter.split(tokenizer.tokens())) {
      statements.add(new StatementParser(source, tokens, Dialect.DATABASE).parse());
      modes.add(tokens.get(0).mode());
      if (source.text().startsWith(Tokenizer.VERTICAL_END, tokens.get(tokens.size() - 1).start())) {
        vertical.add(statements.get(statements.size() - 1).position());
      }
      refuseUnknownMode(source, tokens, tokenizer.unknownModes());
    }
    return new Program(statements, modes, vertical);
  }

  /**
   * Refuses a mode that is unknown before execution, but only if the remaining text depends on it.
   */
  private static void refuseUnknownMode(
      SourceText source, List<Token> statement, List<Integer> unknownModes) {
    int end = statement.get(statement.size() - 1).end();
    for (int offset : unknownModes) {
      if (offset >= statement.get(0).start()
          && offset < end
          && dependsOnMode(source.text().substring(end))) {
        throw source.error(
            offset,
            "This value of sql_mode is known only after execution, but it determines how the next statements are parsed",
            List.of("a string"));
      }
    }
  }

  /** Whether a text may have a different meaning in another mode. */
  public static boolean dependsOnMode(String text) {
    return text.indexOf('"') >= 0 || text.indexOf('\\') >= 0;
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
