package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A prediction by whichever one model answers some classes best.
 *
 * @param run how the images are run through the model; it names none
 * @param classes that the model has to answer, at least one
 * @param minAccuracy 0 to 1: how often it has to be right about each class being in an image
 * @param maxCostMillis what an image may cost
 * @param onlyModels the only models that may be chosen; any where empty
 * @param excludeModels models that may not be chosen
 * @param dataset whose profiles count; else the data set with the latest one
 */
public record AutoPlan(
    InferencePlan run,
    List<String> classes,
    OptionalDouble minAccuracy,
    OptionalDouble maxCostMillis,
    List<String> onlyModels,
    List<String> excludeModels,
    Optional<String> dataset) {
  public AutoPlan {
    requireNonNull(run, "run is null");
    classes = List.copyOf(classes);
    requireNonNull(minAccuracy, "minAccuracy is null");
    requireNonNull(maxCostMillis, "maxCostMillis is null");
    onlyModels = List.copyOf(onlyModels);
    excludeModels = List.copyOf(excludeModels);
    requireNonNull(dataset, "dataset is null");
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("no class is to be answered");
    }
  }
}
