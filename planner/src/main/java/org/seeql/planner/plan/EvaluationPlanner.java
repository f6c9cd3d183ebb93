package org.seeql.planner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.statement.EvaluateStatement;

/** Plans {@code TO EVALUATE}. Pure. */
public final class EvaluationPlanner {
  /** Detections with a lower score do not change average precision noticeably (YOLOv5's val.py). */
  private static final double LEAST_SCORE = 0.001;

  private static final double DEFAULT_MATCH_IOU = 0.5;
  private static final String CONFIDENCE = "confidence";
  private static final String DATASET = "dataset";
  private static final String MATCH_IOU = "match_iou";

  private static final List<String> NAMES =
      List.of(
          "image_dir",
          "path_column",
          "id_column",
          "partitions",
          "batch_size",
          "device",
          "mode",
          CONFIDENCE,
          "iou",
          MATCH_IOU,
          "max_detections",
          "max_failed_images",
          "exif_rotation",
          "max_pixels",
          DATASET);

  private EvaluationPlanner() {}

  /**
   * The plan of an evaluation.
   *
   * @param commandLine options for every statement of the program; those that an evaluation does
   *     not have are ignored
   * @throws PlanningException with every problem that can be detected without the database
   */
  public static EvaluationPlan plan(EvaluateStatement statement, OptionSet commandLine) {
    List<String> problems = new ArrayList<>();
    OptionSet said = OptionSet.of(statement.with(), "WITH");
    for (Option option : said.options()) {
      if (!NAMES.contains(option.name())) {
        problems.add(
            NearestNames.unknown("option", option.name(), NAMES)
                + "; it comes from "
                + option.origin());
      }
    }
    OptionSet options = known(commandLine).overriddenBy(known(said));
    EvaluationOptions evaluation = evaluation(options, statement.label(), problems::add);
    double kept = Math.min(LEAST_SCORE, evaluation.confidence());
    RunOptions run =
        RunOptions.parse(
            options
                .without(MATCH_IOU)
                .without(DATASET)
                .with(CONFIDENCE, Double.toString(kept), "TO EVALUATE"),
            problems::add);
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
    OptionReader reader = new OptionReader(options, problems);
    return new EvaluationOptions(
        reader.fraction(CONFIDENCE).orElse(RunOptions.DEFAULT_CONFIDENCE),
        reader.fraction(MATCH_IOU).orElse(DEFAULT_MATCH_IOU),
        reader.text(DATASET),
        label);
  }

  private static OptionSet known(OptionSet options) {
    OptionSet known = options;
    for (Option option : options.options()) {
      if (!NAMES.contains(option.name())) {
        known = known.without(option.name());
      }
    }
    return known;
  }
}
