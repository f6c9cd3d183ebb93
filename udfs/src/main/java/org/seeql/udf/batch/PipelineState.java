package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a pipeline stands at one moment.
 *
 * @param read images whose files are in memory and wait to be decoded
 * @param decoded images that wait for a model; where one thread does both, none ever waits
 * @param batchSizes how many images a batch of each loaded model has at most, by the model's name
 */
public record PipelineState(int read, int decoded, SortedMap<String, Integer> batchSizes) {
  public PipelineState {
    requireNonNull(batchSizes, "batchSizes is null");
    if (read < 0 || decoded < 0) {
      throw new IllegalArgumentException("a count is negative");
    }
    batchSizes = new TreeMap<>(batchSizes);
  }

  static PipelineState of(int read, int decoded, Map<String, Integer> batchSizes) {
    return new PipelineState(read, decoded, new TreeMap<>(batchSizes));
  }
}
