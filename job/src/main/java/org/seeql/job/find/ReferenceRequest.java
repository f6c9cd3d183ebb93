package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.predicate.Predicate;
import org.seeql.planner.predicate.PredicateFunction;

/**
 * A search whose plan is chosen during the run: from the answers of a reference model and of the
 * candidates about a sample of the selection.
 *
 * @param reference with the threshold of its answers
 * @param candidates the models to choose from, including the reference, each with the lowest
 *     threshold for which the sample has scores
 */
public record ReferenceRequest(
    Predicate predicate,
    SampleBounds bounds,
    BoundModel reference,
    List<BoundModel> candidates,
    Kept kept) {

  /**
   * What the plan must satisfy, and on how many images this is tested.
   *
   * @param bounds of quality, compared with the reference; at least one
   * @param confidenceLevel with which they hold, 0 to 1, exclusive
   * @param sampleSize number of images
   */
  public record SampleBounds(
      Bounds bounds, double confidenceLevel, int sampleSize, Optional<Duration> timeout) {
    public SampleBounds {
      requireNonNull(bounds, "bounds is null");
      requireNonNull(timeout, "timeout is null");
      if (!bounds.haveQuality()) {
        throw new IllegalArgumentException("quality has no bound");
      }
      if (!(confidenceLevel > 0 && confidenceLevel < 1)) {
        throw new IllegalArgumentException(
            "confidenceLevel is not between 0 and 1: " + confidenceLevel);
      }
      if (sampleSize < 1) {
        throw new IllegalArgumentException("sampleSize is below 1: " + sampleSize);
      }
    }
  }

  public ReferenceRequest {
    requireNonNull(predicate, "predicate is null");
    requireNonNull(bounds, "bounds is null");
    requireNonNull(reference, "reference is null");
    candidates = List.copyOf(candidates);
    requireNonNull(kept, "kept is null");
  }

  PredicateFunction function() {
    return PredicateFunction.of(predicate);
  }

  /** The models of the sample: the reference with its own threshold, and then the candidates. */
  public List<BoundModel> sampled() {
    List<BoundModel> models = new ArrayList<>();
    models.add(reference);
    models.addAll(candidates);
    return List.copyOf(models);
  }

  /** The lowest threshold of the models, 0 to 1. */
  public double lowestThreshold() {
    return sampled().stream().mapToDouble(BoundModel::threshold).min().orElseThrow();
  }

  /** The names of the candidates, the reference first. */
  public List<String> names() {
    return sampled().stream().map(BoundModel::name).distinct().toList();
  }
}
