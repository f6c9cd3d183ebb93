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
 * What TO FIND is told beside what every run is told.
 *
 * @param confidenceLevel 0 to 1, exclusive: bounds of quality hold for the lower end of the
 *     confidence interval of this level
 * @param onlyModels the only models that may be chosen; any where empty
 * @param excludeModels models that may not be chosen
 * @param planningTimeout a guard: the best plan so far is used after it
 * @param keepAll whether images that do not fit are kept, too, with the answer in a column
 * @param confidence score, 0 to 1, from which a detection means that a class is there; else that of
 *     each model's profile
 * @param iou overlap, 0 to 1, above which the weaker of two boxes is dropped; else the profiles'
 * @param dataset whose profiles count; else the data set with the latest one
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
