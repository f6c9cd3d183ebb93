package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A prediction by the single model that answers the given classes best.
 *
 * @param run how images are processed; it names no model
 * @param classes that the model has to answer, at least one
 * @param minAccuracy 0 to 1: the minimum accuracy for the presence of each class in an image
 * @param maxCostMillis the maximum cost per image, in milliseconds
 * @param onlyModels the only models that may be chosen; any if empty
 * @param excludeModels models that may not be chosen
 * @param dataset the data set whose profiles apply; if empty, the data set with the latest profile
 */
public record AutoPlan(
    InferencePlan run,
    List<String> classes,
    OptionalDouble minAccuracy,
    OptionalDouble maxCostMillis,
    List<String> onlyModels,
    List<String> excludeModels,
    Optional<String> dataset)
    implements StatementPlan {
  public AutoPlan {
    requireNonNull(run, "run is null");
    classes = List.copyOf(classes);
    requireNonNull(minAccuracy, "minAccuracy is null");
    requireNonNull(maxCostMillis, "maxCostMillis is null");
    onlyModels = List.copyOf(onlyModels);
    excludeModels = List.copyOf(excludeModels);
    requireNonNull(dataset, "dataset is null");
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("classes is empty");
    }
  }

  @Override
  public AutoPlan withoutTarget() {
    return new AutoPlan(
        run.withoutTarget(),
        classes,
        minAccuracy,
        maxCostMillis,
        onlyModels,
        excludeModels,
        dataset);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitAuto(this);
  }
}
