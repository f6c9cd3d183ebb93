package org.seeql.planner.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.option.OptionList;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.statement.TrainStatement;

/** Plans {@code TO TRAIN}. Pure. */
final class TrainPlanner {
  private static final OptionList OPTIONS = OptionTable.of(OptionScope.TRAIN);

  /** The options of the run. The threshold is only for measures. */
  private static final List<String> RUN_NAMES =
      OPTIONS.alsoIn(OptionScope.RUN).names().stream()
          .filter(name -> !name.equals(OptionTable.CONFIDENCE.name()))
          .toList();

  private static final String DETECTOR = "detector";

  private TrainPlanner() {}

  /**
   * The plan of a training.
   *
   * @param commandLine options for every statement of the program; those that a training does not
   *     have are ignored
   * @throws PlanningException with every problem that can be detected without the database
   */
  static TrainPlan plan(TrainStatement statement, OptionSet commandLine) {
    List<String> problems = new ArrayList<>();
    Optional<Estimator> estimator = estimator(statement.estimator(), problems::add);
    OptionSet ofStatement = OptionSet.of(statement.with(), "WITH");
    OPTIONS.reportUnknown(ofStatement, problems::add);
    OptionSet options =
        commandLine.only(OPTIONS.names()).overriddenBy(ofStatement.only(OPTIONS.names()));
    refuseUnusedParts(statement, problems::add);
    Optional<String> backbone = OptionTable.BACKBONE.find(options, problems::add);
    if (backbone.isEmpty()) {
      problems.add(
          "TO TRAIN needs a backbone: add WITH backbone = 'NAME'; SHOW MODELS lists the names");
    }
    if (statement.label().isEmpty()) {
      problems.add("TO TRAIN needs labels: add LABEL with the column that contains them");
    }
    List<String> classes = OptionTable.TRAINED_CLASSES.read(options, problems::add);
    checkClasses(classes, estimator, problems::add);
    TrainOptions training =
        new TrainOptions(
            estimator.orElse(Estimator.CLASSIFIER),
            statement.model().plain(),
            statement.label().orElse(""),
            OptionTable.LAYER.find(options, problems::add),
            OptionTable.HOLDOUT.read(options, problems::add),
            OptionTable.SEED.read(options, problems::add),
            classes,
            OptionTable.TRAINED_DATASET.find(options, problems::add),
            OptionTable.CONFIDENCE.read(options, problems::add));
    RunOptions run = RunOptions.parse(options.only(RUN_NAMES), problems::add);
    if (!problems.isEmpty()) {
      throw new PlanningException(statement.position(), problems);
    }
    return new TrainPlan(
        new InferencePlan(
            statement.position(),
            statement.select(),
            Optional.empty(),
            backbone.orElseThrow(),
            run,
            Optional.empty(),
            Optional.empty(),
            InferencePlan.Kind.TRAIN,
            InferencePlan.Kind.TRAIN.word()),
        training);
  }

  private static Optional<Estimator> estimator(String written, Consumer<String> problems) {
    Optional<Estimator> found = Estimator.find(written);
    if (found.isPresent()) {
      return found;
    }
    if (written.contains("/") || written.contains(":")) {
      problems.accept(
          "Cannot train with the container image '%s': this version does not run containers for TO TRAIN; use TO TRAIN %s"
              .formatted(written, String.join(" or ", Estimator.words())));
    } else if (written.toLowerCase(Locale.ROOT).equals(DETECTOR)) {
      problems.accept(
          "Cannot train a detector: TO TRAIN can train a %s"
              .formatted(String.join(" or a ", Estimator.words())));
    } else {
      problems.accept(NearestNames.unknown("estimator", written, Estimator.words()));
    }
    return found;
  }

  private static void refuseUnusedParts(TrainStatement statement, Consumer<String> problems) {
    if (!statement.columns().isEmpty()) {
      problems.accept(
          "TO TRAIN cannot use COLUMN: the features are computed from the images; remove COLUMN");
    }
    if (statement.using().isPresent()) {
      problems.accept(
          "TO TRAIN cannot use USING: to reuse the features of a model, name it in backbone; remove USING");
    }
  }

  private static void checkClasses(
      List<String> classes, Optional<Estimator> estimator, Consumer<String> problems) {
    Set<String> seen = new HashSet<>();
    for (String name : classes) {
      if (!seen.add(name)) {
        problems.accept("The option classes has '%s' twice; remove one of them".formatted(name));
      }
    }
    if (classes.size() == 1 && estimator.equals(Optional.of(Estimator.CLASSIFIER))) {
      problems.accept(
          "A classifier needs at least two classes, and the option classes has only '%s'; add a class, or use TO TRAIN tagger"
              .formatted(classes.get(0)));
    }
  }
}
