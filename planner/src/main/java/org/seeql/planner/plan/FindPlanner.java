package org.seeql.planner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.statement.FindStatement;

/** Plans {@code TO FIND}, up to the choice of the models. Pure. */
public final class FindPlanner {
  private static final String DATASET = "dataset";

  private static final List<String> OWN =
      List.of(
          "strategy",
          "maximize",
          "min_accuracy",
          "min_precision",
          "min_recall",
          "min_f1",
          "max_cost_ms",
          "confidence_level",
          "only_models",
          "exclude_models",
          "planning_timeout",
          "keep_all",
          DATASET);

  private static final List<String> OF_RUNS =
      List.of(
          "image_dir",
          "path_column",
          "id_column",
          "partitions",
          "batch_size",
          "device",
          "mode",
          "confidence",
          "iou",
          "max_detections",
          "max_failed_images",
          "exif_rotation",
          "max_pixels",
          "only_new",
          "max_attempts");

  private FindPlanner() {}

  /**
   * The plan of a search.
   *
   * @param commandLine options for every statement of the program; those that a search does not
   *     have are ignored
   * @throws PlanningException with every problem that can be detected without the database
   */
  public static FindPlan plan(FindStatement statement, OptionSet commandLine) {
    List<String> problems = new ArrayList<>();
    OptionSet said = OptionSet.of(statement.with(), "WITH");
    List<String> names = new ArrayList<>(OWN);
    names.addAll(OF_RUNS);
    for (Option option : said.options()) {
      if (!names.contains(option.name())) {
        problems.add(
            NearestNames.unknown("option", option.name(), names)
                + "; it comes from "
                + option.origin());
      }
    }
    FindOptions find = options(commandLine.only(OWN).overriddenBy(said), said, problems::add);
    RunOptions run =
        RunOptions.parse(
            commandLine
                .only(OF_RUNS)
                .without("confidence")
                .without("iou")
                .overriddenBy(said.only(OF_RUNS)),
            problems::add);
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

  private static FindOptions options(OptionSet options, OptionSet said, Consumer<String> problems) {
    OptionReader reader = new OptionReader(options, problems);
    // thresholds from the command line are meant for runs without a profile
    OptionReader ofStatement = new OptionReader(said, problem -> {});
    return new FindOptions(
        reader.choice("strategy", Strategy.class).orElse(Strategy.OPTIMAL),
        reader.choice("maximize", Measure.class).orElse(Measure.ACCURACY),
        bounds(reader),
        reader
            .fractionWithin("confidence_level")
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty()),
        reader.names("only_models"),
        reader.names("exclude_models"),
        reader.duration("planning_timeout"),
        reader.flag("keep_all").orElse(false),
        number(ofStatement.fraction("confidence")),
        number(ofStatement.fraction("iou")),
        reader.text(DATASET));
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static Bounds bounds(OptionReader reader) {
    Bounds bounds = Bounds.NONE;
    for (Bound bound : Bound.values()) {
      Optional<Double> value =
          bound.isOfQuality() ? reader.fraction(bound.word()) : reader.cost(bound.word());
      if (value.isPresent()) {
        bounds = bounds.with(bound, value.get());
      }
    }
    return bounds;
  }
}
