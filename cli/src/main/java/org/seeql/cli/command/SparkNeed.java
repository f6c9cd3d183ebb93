package org.seeql.cli.command;

import org.seeql.planner.option.OptionSet;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.plan.StatementPlans;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.SelectingStatement;
import org.seeql.planner.statement.Statement;

/** Decides whether to start Spark before a statement is executed. */
final class SparkNeed {
  private SparkNeed() {}

  /**
   * Whether the statement certainly needs Spark. False for {@code only_new}, which may find no new
   * images, and for statements that the planner refuses.
   */
  static boolean of(Statement statement, OptionSet commandLine) {
    return statement instanceof ExplainPlanStatement explain
        ? explain.extent() == ExplainPlanStatement.Extent.ANALYZE
            && of(explain.statement(), commandLine)
        : statement.findSelecting().filter(clause -> isCertain(clause, commandLine)).isPresent();
  }

  private static boolean isCertain(SelectingStatement statement, OptionSet commandLine) {
    try {
      return !StatementPlans.of(statement, ProgramCatalog.standard(), commandLine)
          .run()
          .options()
          .onlyNew();
    } catch (PlanningException e) {
      return false;
    }
  }
}
