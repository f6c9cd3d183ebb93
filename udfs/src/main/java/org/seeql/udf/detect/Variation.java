package org.seeql.udf.detect;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;

/**
 * Makes a model slower or worse than it is, to try out what a repository of many models would do.
 * Chance is the same for the same image row and seed, whatever the batch.
 *
 * @param latency of an image at least, waited for where the model is faster
 * @param accuracy the probability that a prediction keeps its class; else it gets a wrong one
 * @param classCoverage the ids of the classes that are kept; empty for all
 */
public record Variation(Duration latency, double accuracy, Set<Integer> classCoverage, long seed)
    implements Serializable {
  /** Changes nothing. */
  public static final Variation NONE = new Variation(Duration.ZERO, 1, Set.of(), 0);

  public Variation {
    requireNonNull(latency, "latency is null");
    classCoverage = Set.copyOf(classCoverage);
    if (latency.isNegative()) {
      throw new IllegalArgumentException("Invalid latency: " + latency + " (at least 0)");
    }
    if (!(accuracy >= 0 && accuracy <= 1)) {
      throw new IllegalArgumentException("Invalid accuracy: " + accuracy + " (0 to 1)");
    }
  }
}
