package org.seeql.job.find;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.parser.StandalonePredicate;
import org.seeql.planner.predicate.PredicateText;

/**
 * The JSON form of a {@link ReferenceRequest}, next to its candidates.
 *
 * @param reference the name of the model
 * @param threshold of its answers
 * @param timeoutMillis of the search for plans; null if it has none
 */
record StoredRequest(
    String predicate,
    Map<Bound, Double> bounds,
    double confidenceLevel,
    int sampleSize,
    Long timeoutMillis,
    String reference,
    double threshold) {
  static StoredRequest of(ReferenceRequest request) {
    ReferenceRequest.SampleBounds bounds = request.bounds();
    return new StoredRequest(
        PredicateText.of(request.predicate()),
        bounds.bounds().values(),
        bounds.confidenceLevel(),
        bounds.sampleSize(),
        bounds.timeout().map(Duration::toMillis).orElse(null),
        request.reference().name(),
        request.reference().threshold());
  }

  ReferenceRequest restore(List<BoundModel> candidates, Kept kept) {
    BoundModel model =
        candidates.stream().filter(c -> c.name().equals(reference)).findFirst().orElseThrow();
    return new ReferenceRequest(
        StandalonePredicate.parse(predicate),
        new ReferenceRequest.SampleBounds(
            new Bounds(new TreeMap<>(bounds)),
            confidenceLevel,
            sampleSize,
            Optional.ofNullable(timeoutMillis).map(Duration::ofMillis)),
        model.withThreshold(threshold),
        candidates,
        kept);
  }
}
