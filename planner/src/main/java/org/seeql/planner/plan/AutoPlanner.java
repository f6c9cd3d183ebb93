package org.seeql.planner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seeql.planner.statement.PredictStatement;

/** Plans {@code TO PREDICT … USING AUTO}, up to the choice of the model. Pure. */
public final class AutoPlanner {
  private static final String AUTO = "AUTO";
  private static final String CLASSES = "classes";

  private static final List<String> OWN =
      List.of(CLASSES, "min_accuracy", "max_cost_ms", "only_models", "exclude_models", "dataset");

  private AutoPlanner() {}

  /**
   * Whether a statement leaves the choice of the model to SeeQL; in backquotes, AUTO is a model
   * name.
   */
  public static boolean isAuto(PredictStatement statement) {
    return statement.model().written().equalsIgnoreCase(AUTO);
  }

  /**
   * The plan of such a prediction.
   *
   * @param commandLine options for every statement of the program
   * @throws PlanningException with every problem that can be detected without the database
   */
  public static AutoPlan plan(PredictStatement statement, OptionSet commandLine) {
    List<String> problems = new ArrayList<>();
    OptionSet said = OptionSet.of(statement.with(), "WITH");
    OptionReader reader = new OptionReader(said.only(OWN), problems::add);
    List<String> classes = reader.names(CLASSES);
    if (said.find(CLASSES).isEmpty()) {
      problems.add(
          "USING AUTO needs the classes that the model must answer: add WITH classes = 'person, dog'");
    }
    OptionalDouble minAccuracy = number(reader.fraction("min_accuracy"));
    OptionalDouble maxCost = number(reader.cost("max_cost_ms"));
    List<String> only = reader.names("only_models");
    List<String> excluded = reader.names("exclude_models");
    Optional<String> dataset = reader.text("dataset");
    OptionSet ofRun = said;
    for (String name : OWN) {
      ofRun = ofRun.without(name);
    }
    RunOptions options =
        RunOptions.parse(commandLine.without("dataset").overriddenBy(ofRun), problems::add);
    if (!problems.isEmpty()) {
      throw new PlanningException(statement.position(), problems);
    }
    return new AutoPlan(
        new InferencePlan(
            statement.position(),
            statement.select(),
            Optional.empty(),
            "",
            options,
            Optional.of(statement.table()),
            statement.column(),
            InferencePlan.Kind.PREDICT,
            "predict"),
        classes,
        minAccuracy,
        maxCost,
        only,
        excluded,
        dataset);
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }
}
