package org.seeql.udf.batch;

/**
 * Hears what pipelines do, as it happens: what a metrics system or a progress display is fed from.
 * Called by many threads at once, between the steps of the work: it must be thread-safe, quick, and
 * throw nothing.
 *
 * <p>Times are in nanoseconds, as {@link System#nanoTime} measures them.
 */
public interface PipelineListener {
  /** Hears nothing. */
  PipelineListener NONE = new PipelineListener() {};

  /** A file was read, or could not be. */
  default void fileRead(long nanos) {}

  /**
   * A file was decoded, or could not be. With one model this includes the letterbox into the
   * model's input.
   */
  default void imageDecoded(long nanos) {}

  /**
   * A model was called once. A call that images of several runs share is told to each listener
   * among theirs once.
   *
   * @param images of the batch
   */
  default void modelRan(String model, int images, long nanos) {}

  /** One image's share of a model's output was turned into a prediction. */
  default void outputRead(long nanos) {}

  /**
   * A batch did not fit into the device's memory and is tried again in halves.
   *
   * @param images that a batch has at most from now on
   */
  default void batchHalved(String model, int images) {}

  /** An image has a result, be it a failure. */
  default void imageEnded() {}

  /**
   * An image has failed; {@link #imageEnded} is told as well.
   *
   * @param stage {@code read} or {@code decode}
   */
  default void imageFailed(String stage, Exception cause) {}
}
