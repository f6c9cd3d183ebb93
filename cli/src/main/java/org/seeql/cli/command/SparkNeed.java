package org.seeql.cli.command;

import org.seeql.planner.plan.InferencePlans;
import org.seeql.planner.plan.OptionSet;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.Statement;

/** Whether Spark is worth starting before a statement is executed. */
final class SparkNeed {
  private SparkNeed() {}

  /** Whether it is certain to be needed; not where nothing may be new, nor for what is refused. */
  static boolean of(Statement statement, OptionSet commandLine) {
    if (statement instanceof ExplainPlanStatement explain
        && explain.extent() == ExplainPlanStatement.Extent.PLAN) {
      return false;
    }
    try {
      return InferencePlans.of(statement, ProgramCatalog.standard(), commandLine)
          .filter(plan -> !plan.options().onlyNew())
          .isPresent();
    } catch (PlanningException e) {
      return false;
    }
  }
}
