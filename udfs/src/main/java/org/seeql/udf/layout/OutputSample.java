package org.seeql.udf.layout;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.seeql.udf.image.InputFormat;

/**
 * What is known about a model when its layout is determined.
 *
 * @param input with which the model was run
 * @param runs the outputs for different images, at least one; the tensors have the same order
 */
public record OutputSample(
    InputFormat input, List<List<OutputTensor>> runs, ExportMetadata metadata) {
  public OutputSample {
    requireNonNull(input, "input is null");
    requireNonNull(metadata, "metadata is null");
    runs = runs.stream().map(List::copyOf).toList();
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a sample needs at least one run");
    }
  }

  /** The outputs of the first run. */
  public List<OutputTensor> outputs() {
    return runs.get(0);
  }
}
