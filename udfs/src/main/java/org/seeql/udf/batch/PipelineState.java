package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A snapshot of a pipeline's state.
 *
 * @param read images whose files are in memory and wait to be decoded
 * @param decoded images that wait for a model; always 0 if one thread does both
 * @param batchSizes the maximum batch size of each loaded model, by the model's name
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
