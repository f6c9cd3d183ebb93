package org.seeql.planner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.planner.option.OptionList;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.option.OptionValues;
import org.seeql.planner.statement.PredictStatement;

/** Plans {@code TO PREDICT … USING AUTO}, up to the choice of the model. Pure. */
final class AutoPlanner {
  private static final OptionList OWN = OptionTable.of(OptionScope.AUTO);

  private AutoPlanner() {}

  /**
   * The plan of a prediction without a named model.
   *
   * @param commandLine options for every statement of the program
   * @throws PlanningException with every problem that can be detected without the database
   */
  static AutoPlan plan(PredictStatement statement, OptionSet commandLine) {
    List<String> problems = new ArrayList<>();
    OptionSet ofStatement = OptionSet.of(statement.with(), "WITH");
    OptionValues values = OWN.parse(ofStatement, problems::add);
    if (ofStatement.find(OptionTable.CLASSES.name()).isEmpty()) {
      problems.add(
          "USING AUTO needs the classes that the model must answer: add WITH classes = 'person, dog'");
    }
    OptionSet ofRun = ofStatement;
    for (String name : OWN.names()) {
      ofRun = ofRun.without(name);
    }
    RunOptions options =
        RunOptions.parse(
            commandLine.without(OptionTable.DATASET.name()).overriddenBy(ofRun), problems::add);
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
        values.get(OptionTable.CLASSES),
        values.findDouble(OptionTable.MIN_ACCURACY),
        values.findDouble(OptionTable.MAX_COST_MS),
        values.get(OptionTable.ONLY_MODELS),
        values.get(OptionTable.EXCLUDE_MODELS),
        values.find(OptionTable.PROFILE_DATASET));
  }
}
