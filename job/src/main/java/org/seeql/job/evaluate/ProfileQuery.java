package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.seeql.udf.model.Device;

/**
 * Selects which parts of the profiles are used.
 *
 * @param dataset the data set whose profiles are used; empty: the first of {@link
 *     ProfileRepository#datasets}
 * @param device the device whose costs are used; a GPU stands for every GPU
 * @param batchSize the batch size whose cost is used, else the next smaller one that was timed;
 *     empty: the cheapest
 * @param classes the classes that a sample must contain, by the data set's names
 * @param withScores whether the scores of the sample are loaded too
 */
public record ProfileQuery(
    Optional<String> dataset,
    Device device,
    OptionalInt batchSize,
    Set<String> classes,
    boolean withScores) {
  public ProfileQuery {
    requireNonNull(dataset, "dataset is null");
    requireNonNull(device, "device is null");
    requireNonNull(batchSize, "batchSize is null");
    classes = Set.copyOf(new TreeSet<>(classes));
  }

  /** A query without scores. */
  public ProfileQuery(
      Optional<String> dataset, Device device, OptionalInt batchSize, Set<String> classes) {
    this(dataset, device, batchSize, classes, false);
  }

  /** The same query with scores. */
  public ProfileQuery loadingScores() {
    return new ProfileQuery(dataset, device, batchSize, classes, true);
  }
}
