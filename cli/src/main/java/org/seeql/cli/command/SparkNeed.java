package org.seeql.cli.command;

import java.util.function.Supplier;
import org.seeql.planner.plan.AutoPlanner;
import org.seeql.planner.plan.FindPlanner;
import org.seeql.planner.plan.InferencePlanner;
import org.seeql.planner.plan.OptionSet;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.Statement;

/** Whether Spark is worth starting before a statement is executed. */
final class SparkNeed {
  private SparkNeed() {}

  /** Whether it is certain to be needed; not where nothing may be new, nor for what is refused. */
  static boolean of(Statement statement, OptionSet commandLine) {
    if (statement instanceof ExplainPlanStatement explain) {
      return explain.extent() == ExplainPlanStatement.Extent.ANALYZE
          && of(explain.statement(), commandLine);
    }
    if (statement instanceof RunStatement run) {
      return infersAll(
          () -> InferencePlanner.plan(run, ProgramCatalog.standard(), commandLine).options());
    }
    if (statement instanceof PredictStatement predict) {
      return infersAll(
          () ->
              AutoPlanner.isAuto(predict)
                  ? AutoPlanner.plan(predict, commandLine).run().options()
                  : InferencePlanner.plan(predict, commandLine).options());
    }
    if (statement instanceof FindStatement find) {
      return infersAll(() -> FindPlanner.plan(find, commandLine).run().options());
    }
    return statement instanceof EvaluateStatement;
  }

  private static boolean infersAll(Supplier<RunOptions> options) {
    try {
      return !options.get().onlyNew();
    } catch (PlanningException e) {
      return false;
    }
  }
}
