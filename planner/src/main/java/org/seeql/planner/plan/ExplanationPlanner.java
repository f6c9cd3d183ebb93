package org.seeql.planner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.planner.option.OptionList;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.statement.ExplainStatement;

/** Plans {@code TO EXPLAIN}. Pure. */
final class ExplanationPlanner {
  private static final OptionList OPTIONS = OptionTable.of(OptionScope.EXPLAIN);
  private static final List<String> RUN_NAMES = OPTIONS.alsoIn(OptionScope.RUN).names();

  private ExplanationPlanner() {}

  /**
   * The plan of an explanation.
   *
   * @param commandLine options for every statement of the program; those that an explanation does
   *     not have are ignored
   * @throws PlanningException with every problem that can be detected without the database
   */
  static ExplanationPlan plan(ExplainStatement statement, OptionSet commandLine) {
    List<String> problems = new ArrayList<>();
    OptionSet ofStatement = OptionSet.of(statement.with(), "WITH");
    OPTIONS.reportUnknown(ofStatement, problems::add);
    ExplanationOptions explanation = ExplanationOptions.parse(statement, problems::add);
    RunOptions run =
        RunOptions.parse(
            commandLine.only(RUN_NAMES).overriddenBy(ofStatement.only(RUN_NAMES)), problems::add);
    if (!problems.isEmpty()) {
      throw new PlanningException(statement.position(), problems);
    }
    return new ExplanationPlan(
        new InferencePlan(
            statement.position(),
            statement.select(),
            Optional.empty(),
            statement.model().plain(),
            run,
            statement.into(),
            Optional.empty(),
            InferencePlan.Kind.EXPLAIN,
            InferencePlan.Kind.EXPLAIN.word()),
        explanation);
  }
}
