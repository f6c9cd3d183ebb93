package org.seeql.job.evaluate;

import java.io.Serializable;
import java.util.OptionalLong;

/**
 * The speed of a model on a device, for batches of one size.
 *
 * @param batchSize batch size of the calls
 * @param prepareSeconds per image: from decoded pixels to the model's input
 * @param modelSeconds per image: the model
 * @param postprocessSeconds per image: from the model's output to predictions
 * @param calls number of timed calls of the model; each time is the median over them
 * @param loadSeconds from the file to the first answer
 * @param memory bytes in use above the level before the model was loaded; -1 if unknown
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

  /** Seconds per image of a call, without decoding. */
  public double secondsPerImage() {
    return prepareSeconds + modelSeconds + postprocessSeconds;
  }

  /** Bytes in use above the level before the model was loaded, for batches up to this size. */
  public OptionalLong memoryBytes() {
    return memory < 0 ? OptionalLong.empty() : OptionalLong.of(memory);
  }
}
