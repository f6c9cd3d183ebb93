package org.seeql.planner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.option.OptionList;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.statement.FindStatement;

/** Plans {@code TO FIND}, up to the choice of the models. Pure. */
final class FindPlanner {
  private static final OptionList OPTIONS = OptionTable.of(OptionScope.FIND);
  private static final OptionList OWN = OPTIONS.notIn(OptionScope.RUN);
  private static final List<String> RUN_NAMES = OPTIONS.alsoIn(OptionScope.RUN).names();

  private FindPlanner() {}

  /**
   * The plan of a search.
   *
   * @param commandLine options for every statement of the program; those that a search does not
   *     have are ignored
   * @throws PlanningException with every problem that can be detected without the database
   */
  static FindPlan plan(FindStatement statement, OptionSet commandLine) {
    List<String> problems = new ArrayList<>();
    OptionSet ofStatement = OptionSet.of(statement.with(), "WITH");
    OPTIONS.reportUnknown(ofStatement, problems::add);
    FindOptions find = options(commandLine, ofStatement, problems::add);
    if (problems.isEmpty()) {
      checkReference(find, ofStatement, problems::add);
    }
    RunOptions run =
        RunOptions.parse(
            commandLine.only(RUN_NAMES).overriddenBy(ofStatement.only(RUN_NAMES)), problems::add);
    if (!problems.isEmpty()) {
      throw new PlanningException(statement.position(), problems);
    }
    return new FindPlan(
        new InferencePlan(
            statement.position(),
            statement.select(),
            Optional.empty(),
            "",
            run,
            statement.into(),
            Optional.empty(),
            InferencePlan.Kind.FIND,
            "find"),
        statement.predicate(),
        find);
  }

  /** Reference mode chooses a cascade from answers of this run, not from profiles. */
  private static void checkReference(
      FindOptions find, OptionSet ofStatement, Consumer<String> problems) {
    if (find.reference().isEmpty()) {
      if (ofStatement.find(OptionTable.SAMPLE_SIZE.name()).isPresent()) {
        problems.accept("sample_size needs reference, the model that answers the sample");
      }
      return;
    }
    if (find.strategy().isPresent() && find.strategy().get() != Strategy.CASCADE) {
      problems.accept(
          "reference chooses a cascade and conflicts with strategy=%s; remove one of them"
              .formatted(find.strategy().get().word()));
    }
    if (find.dataset().isPresent()) {
      problems.accept("reference uses no profiles and conflicts with dataset; remove one of them");
    }
    if (find.bounds().find(Bound.MAX_COST_MS).isPresent()) {
      problems.accept(
          "reference chooses the cheapest plan and conflicts with max_cost_ms; remove one of them");
    }
    if (!find.bounds().haveQuality()) {
      problems.accept(
          "reference needs a quality bound, which applies compared with the reference, such as min_recall=0.95");
    }
    if (find.excludeModels().contains(find.reference().get())) {
      problems.accept(
          "reference=%s is also in exclude_models; remove it there"
              .formatted(find.reference().get()));
    }
  }

  private static FindOptions options(
      OptionSet commandLine, OptionSet ofStatement, Consumer<String> problems) {
    OptionSet options =
        commandLine
            .only(OWN.names())
            // thresholds from the command line are meant for runs without a profile
            .without(OptionTable.FIND_CONFIDENCE.name())
            .without(OptionTable.FIND_IOU.name())
            .overriddenBy(ofStatement);
    return new FindOptions(OWN.parse(options, problems));
  }
}
