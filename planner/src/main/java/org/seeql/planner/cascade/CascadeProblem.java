package org.seeql.planner.cascade;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seeql.planner.model.ScoreSample;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.predicate.Predicate;

/**
 * The problem of choosing models and thresholds that answer a predicate within certified bounds.
 *
 * @param maximize the measure to maximize if quality has no bound; also breaks ties in cost
 * @param confidenceLevel 1 − δ: the probability with which all bounds hold, over the draw of the
 *     sample; 0 to 1, exclusive
 * @param costs milliseconds for one execution on one decoded image, by model; a model without
 *     scores in the sample takes no part
 * @param timeout a safeguard: the search stops after it and continues with the plans found so far
 */
public record CascadeProblem(
    Predicate predicate,
    Bounds bounds,
    Measure maximize,
    double confidenceLevel,
    ScoreSample sample,
    Map<String, Double> costs,
    Optional<Duration> timeout) {
  public static final double DEFAULT_CONFIDENCE_LEVEL = 0.95;

  public CascadeProblem {
    requireNonNull(predicate, "predicate is null");
    requireNonNull(bounds, "bounds is null");
    requireNonNull(maximize, "maximize is null");
    requireNonNull(sample, "sample is null");
    costs = Collections.unmodifiableMap(new TreeMap<>(costs));
    requireNonNull(timeout, "timeout is null");
    if (!(confidenceLevel > 0 && confidenceLevel < 1)) {
      throw new IllegalArgumentException(
          "confidenceLevel is not between 0 and 1: " + confidenceLevel);
    }
    costs.forEach(
        (model, cost) -> {
          if (!(cost >= 0 && cost < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                "the cost of %s is negative or not finite: %s".formatted(model, cost));
          }
        });
  }

  /** The greatest probability that an accepted plan violates a bound. */
  double errorLevel() {
    return 1 - confidenceLevel;
  }
}
