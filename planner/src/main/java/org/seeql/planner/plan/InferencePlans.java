package org.seeql.planner.plan;

import java.util.Optional;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.Statement;

/** Plans any kind of statement that runs inference, as far as possible without a database. */
public final class InferencePlans {
  private InferencePlans() {}

  /**
   * The plan for the images of a statement; empty if the statement processes no images.
   *
   * @param commandLine options for every statement of the program
   * @throws PlanningException with every problem that can be detected without the database
   */
  public static Optional<InferencePlan> of(
      Statement statement, ProgramCatalog programs, OptionSet commandLine) {
    if (statement instanceof ExplainPlanStatement explain) {
      return of(explain.statement(), programs, commandLine);
    }
    if (statement instanceof RunStatement run) {
      return Optional.of(InferencePlanner.plan(run, programs, commandLine));
    }
    if (statement instanceof PredictStatement predict) {
      return Optional.of(
          AutoPlanner.isAuto(predict)
              ? AutoPlanner.plan(predict, commandLine).run()
              : InferencePlanner.plan(predict, commandLine));
    }
    if (statement instanceof FindStatement find) {
      return Optional.of(FindPlanner.plan(find, commandLine).run());
    }
    if (statement instanceof EvaluateStatement evaluate) {
      return Optional.of(EvaluationPlanner.plan(evaluate, commandLine).run());
    }
    return Optional.empty();
  }
}
