package org.seeql.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.parser.SqlSyntaxException;
import org.seeql.planner.statement.Program;
import org.seeql.planner.statement.SqlMode;
import org.seeql.planner.statement.Statement;

/**
 * Reads a program as the session reads it that will run it. The database is asked for its {@code
 * sql_mode} only where that matters, so that a mistake is reported without a database.
 */
final class ProgramReader {
  private final String text;
  private final Supplier<SqlMode> database;

  /**
   * @param database tells with which mode a session begins
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
    return ProgramParser.parse(text, mode).statements();
  }

  /**
   * One statement, with what prepares it. A cluster numbers statements without a database.
   *
   * @param number from 1
   */
  List<Statement> statement(int number) {
    SqlMode mode = mode();
    List<Statement> statements = statements(mode);
    if (!mode.equals(SqlMode.DEFAULT)
        && find(SqlMode.DEFAULT).map(p -> !p.statements().equals(statements)).orElse(true)) {
      throw new CommandRefusal(
          "Cannot use --statement: sessions of this database begin with sql_mode %1$s, in which the"
                  .formatted(mode)
              + " program reads differently, and statements are numbered without a database; begin"
              + " the program with SET SESSION sql_mode = '%s'".formatted(mode));
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
