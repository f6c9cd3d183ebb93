package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.Strategy;

/**
 * The options of TO FIND in addition to those of every run.
 *
 * @param confidenceLevel 0 to 1, exclusive: quality bounds apply to the lower end of the confidence
 *     interval of this level
 * @param onlyModels the only models that may be chosen; any if empty
 * @param excludeModels models that may not be chosen
 * @param planningTimeout a safeguard: after it, the best plan so far is used
 * @param keepAll whether images that do not match are also kept, with the answer in a column
 * @param confidence minimum score of a detection, 0 to 1, for the presence of a class; if empty,
 *     that of each model's profile
 * @param iou overlap, 0 to 1, above which the weaker of two boxes is dropped; if empty, that of the
 *     profiles
 * @param dataset the data set whose profiles apply; if empty, the data set with the latest profile
 */
public record FindOptions(
    Strategy strategy,
    Measure maximize,
    Bounds bounds,
    OptionalDouble confidenceLevel,
    List<String> onlyModels,
    List<String> excludeModels,
    Optional<Duration> planningTimeout,
    boolean keepAll,
    OptionalDouble confidence,
    OptionalDouble iou,
    Optional<String> dataset) {
  public FindOptions {
    requireNonNull(strategy, "strategy is null");
    requireNonNull(maximize, "maximize is null");
    requireNonNull(bounds, "bounds is null");
    requireNonNull(confidenceLevel, "confidenceLevel is null");
    onlyModels = List.copyOf(onlyModels);
    excludeModels = List.copyOf(excludeModels);
    requireNonNull(planningTimeout, "planningTimeout is null");
    requireNonNull(confidence, "confidence is null");
    requireNonNull(iou, "iou is null");
    requireNonNull(dataset, "dataset is null");
  }
}
