package org.seeql.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.parser.SqlSyntaxException;
import org.seeql.planner.statement.Program;
import org.seeql.planner.statement.SourcePosition;
import org.seeql.planner.statement.SqlMode;
import org.seeql.planner.statement.Statement;

/**
 * Parses a program with the {@code sql_mode} of the session that runs it. The database is queried
 * for its mode only if the mode matters, so that syntax errors are reported without a database.
 */
final class ProgramReader {
  private final String text;
  private final Supplier<SqlMode> database;
  private Set<SourcePosition> vertical = Set.of();

  /**
   * @param database supplies the initial mode of a session
   */
  ProgramReader(String text, Supplier<SqlMode> database) {
    this.text = text;
    this.database = database;
  }

  /** All statements. */
  List<Statement> statements() {
    return statements(mode());
  }

  private List<Statement> statements(SqlMode mode) {
    Program program = ProgramParser.parse(text, mode);
    vertical = program.vertical();
    return program.statements();
  }

  /** Where the statements start that end with {@code \G}. Known after the program was read. */
  Set<SourcePosition> vertical() {
    return vertical;
  }

  /**
   * One statement, with the earlier statements that affect it. A cluster numbers statements without
   * a database, so a program that depends on the database's mode is refused.
   *
   * @param number from 1
   */
  List<Statement> statement(int number) {
    SqlMode mode = mode();
    List<Statement> statements = statements(mode);
    if (!mode.equals(SqlMode.DEFAULT)
        && find(SqlMode.DEFAULT).map(p -> !p.statements().equals(statements)).orElse(true)) {
      throw new CommandRefusal(
          "Cannot use --statement: sessions of this database start with sql_mode %1$s, which changes how the program is parsed, and statements are numbered without a database; start the program with SET SESSION sql_mode = '%1$s'"
              .formatted(mode));
    }
    return OneStatement.of(statements, number);
  }

  private SqlMode mode() {
    boolean matters =
        ProgramParser.dependsOnMode(text)
            && SqlMode.all().stream().anyMatch(mode -> find(mode).isPresent());
    return matters ? database.get() : SqlMode.DEFAULT;
  }

  private Optional<Program> find(SqlMode mode) {
    try {
      return Optional.of(ProgramParser.parse(text, mode));
    } catch (SqlSyntaxException e) {
      return Optional.empty();
    }
  }
}
