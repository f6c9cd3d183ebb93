package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Degrades a model on purpose, so that one model can stand for many (section 4.4.1 of the thesis
 * that SeeQL implements).
 *
 * @param latency delay for every image, in addition to the model's own time
 * @param accuracy probability, 0 to 1, that a detection keeps its class; otherwise it gets another
 * @param classCoverage ids of the only classes that may be predicted, in order; all if empty
 */
public record Variation(Duration latency, double accuracy, Optional<Set<Integer>> classCoverage) {
  public Variation {
    requireNonNull(latency, "latency is null");
    if (latency.isNegative()) {
      throw new IllegalArgumentException("latency is negative: " + latency);
    }
    if (!(accuracy >= 0 && accuracy <= 1)) {
      throw new IllegalArgumentException("accuracy is not between 0 and 1: " + accuracy);
    }
    classCoverage = classCoverage.map(ids -> Collections.unmodifiableSet(new TreeSet<>(ids)));
  }
}
