package org.seeql.job.evaluate;

import java.io.Serializable;
import java.util.OptionalLong;

/**
 * How fast a model is on a device with batches of one size.
 *
 * @param batchSize of the calls
 * @param prepareSeconds an image: from decoded pixels to the model's input
 * @param modelSeconds an image: the model
 * @param postprocessSeconds an image: from the model's output to what it says
 * @param calls of the model that were timed; each figure is their median
 * @param loadSeconds from the file to the first answer
 * @param memory bytes taken since before it was loaded; -1 where it cannot be seen
 */
public record ModelTiming(
    String device,
    String engine,
    int batchSize,
    double prepareSeconds,
    double modelSeconds,
    double postprocessSeconds,
    int calls,
    double loadSeconds,
    long memory)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a call costs an image, decoding left out. */
  public double secondsPerImage() {
    return prepareSeconds + modelSeconds + postprocessSeconds;
  }

  /** Bytes taken since before it was loaded, by batches up to this size. */
  public OptionalLong memoryBytes() {
    return memory < 0 ? OptionalLong.empty() : OptionalLong.of(memory);
  }
}
