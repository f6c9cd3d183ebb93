package org.seeql.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.seeql.planner.parser.SessionState;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;

/** Selects one statement of a program. */
final class OneStatement {
  private static final Pattern USE = Pattern.compile("(?is)\\s*USE\\b.*");

  private OneStatement() {}

  /**
   * The statement with this number, and the earlier statements that affect how it is read: each
   * USE, and each SET that sets only {@code sql_mode}.
   *
   * @param number from 1
   */
  static List<Statement> of(List<Statement> program, int number) {
    if (number < 1 || number > program.size()) {
      throw new CommandRefusal(
          "Invalid --statement: %d (the program has %d)".formatted(number, program.size()));
    }
    List<Statement> statements = new ArrayList<>(program.subList(0, number));
    Statement chosen = statements.remove(number - 1);
    statements.removeIf(OneStatement::isNoPreparation);
    statements.add(chosen);
    return statements;
  }

  static boolean isNoPreparation(Statement statement) {
    return !(statement instanceof SqlStatement sql
        && (USE.matcher(sql.sql()).matches() || SessionState.setsSqlModeOnly(sql.sql())));
  }
}
