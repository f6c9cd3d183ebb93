package org.seeql.planner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.planner.option.OptionList;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.statement.EvaluateStatement;

/** Plans {@code TO EVALUATE}. Pure. */
final class EvaluationPlanner {
  private static final OptionList OPTIONS = OptionTable.of(OptionScope.EVALUATE);

  /** The options of the run. Its confidence is that of the measurement. */
  private static final List<String> RUN_NAMES =
      OPTIONS.alsoIn(OptionScope.RUN).names().stream()
          .filter(name -> !name.equals(OptionTable.CONFIDENCE.name()))
          .toList();

  private EvaluationPlanner() {}

  /**
   * The plan of an evaluation.
   *
   * @param commandLine options for every statement of the program; those that an evaluation does
   *     not have are ignored
   * @throws PlanningException with every problem that can be detected without the database
   */
  static EvaluationPlan plan(EvaluateStatement statement, OptionSet commandLine) {
    List<String> problems = new ArrayList<>();
    OptionSet ofStatement = OptionSet.of(statement.with(), "WITH");
    OPTIONS.reportUnknown(ofStatement, problems::add);
    OptionSet options =
        commandLine.only(OPTIONS.names()).overriddenBy(ofStatement.only(OPTIONS.names()));
    EvaluationOptions evaluation = evaluation(options, statement.label(), problems::add);
    RunOptions run =
        RunOptions.parse(options.only(RUN_NAMES), problems::add)
            .with(OptionTable.CONFIDENCE, EvaluationOptions.collectedFrom(evaluation.confidence()));
    if (!problems.isEmpty()) {
      throw new PlanningException(statement.position(), problems);
    }
    return new EvaluationPlan(
        new InferencePlan(
            statement.position(),
            statement.select(),
            Optional.empty(),
            statement.model().plain(),
            run,
            Optional.of(statement.into()),
            Optional.empty(),
            InferencePlan.Kind.EVALUATE,
            "evaluate"),
        evaluation);
  }

  private static EvaluationOptions evaluation(
      OptionSet options, Optional<String> label, Consumer<String> problems) {
    return new EvaluationOptions(
        OptionTable.CONFIDENCE.read(options, problems),
        OptionTable.MATCH_IOU.read(options, problems),
        OptionTable.EVALUATED_DATASET.find(options, problems),
        label,
        OptionTable.KEEP_MATCHES.read(options, problems));
  }
}
