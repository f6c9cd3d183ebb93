package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.seeql.udf.model.Device;

/**
 * What is asked of the profiles.
 *
 * @param dataset whose profiles count; empty: the first of {@link ProfileRepository#datasets}
 * @param device whose costs count; a GPU stands for every GPU
 * @param batchSize whose cost counts, or that of the next smaller one that was timed; empty: the
 *     cheapest
 * @param classes that a sample is to have, by the data set's names
 */
public record ProfileQuery(
    Optional<String> dataset, Device device, OptionalInt batchSize, Set<String> classes) {
  public ProfileQuery {
    requireNonNull(dataset, "dataset is null");
    requireNonNull(device, "device is null");
    requireNonNull(batchSize, "batchSize is null");
    classes = Set.copyOf(new TreeSet<>(classes));
  }
}
