package org.seeql.udf.layout;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.seeql.udf.image.InputFormat;

/**
 * What is known about a model when its layout is determined.
 *
 * @param input with which the model was run
 * @param runs the outputs for different images, at least one; the tensors have the same order
 * @param chosen the options that the user set
 * @param imageSizes the second input
 */
public record OutputSample(
    InputFormat input,
    List<List<OutputTensor>> runs,
    ExportMetadata metadata,
    ChosenOptions chosen,
    ImageSizes imageSizes) {
  public OutputSample {
    requireNonNull(input, "input is null");
    requireNonNull(metadata, "metadata is null");
    requireNonNull(chosen, "chosen is null");
    requireNonNull(imageSizes, "imageSizes is null");
    runs = runs.stream().map(List::copyOf).toList();
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a sample needs at least one run");
    }
  }

  /** A sample of a model with one input, without options. */
  public OutputSample(InputFormat input, List<List<OutputTensor>> runs, ExportMetadata metadata) {
    this(input, runs, metadata, ChosenOptions.NONE, ImageSizes.NONE);
  }

  /** The outputs of the first run. */
  public List<OutputTensor> outputs() {
    return runs.get(0);
  }
}
