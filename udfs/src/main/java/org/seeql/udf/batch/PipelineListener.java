package org.seeql.udf.batch;

/**
 * Receives events of pipelines as they occur, for metrics and progress displays. Many threads call
 * it concurrently between the steps of their work. It must be thread-safe and fast, and must not
 * throw.
 *
 * <p>Times are in nanoseconds, as {@link System#nanoTime} measures them.
 */
public interface PipelineListener {
  /** Ignores all events. */
  PipelineListener NONE = new PipelineListener() {};

  /** A file was read, or the read failed. */
  default void fileRead(long nanos) {}

  /**
   * A file was decoded, or decoding failed. With one model, this includes the letterbox into the
   * model's input.
   */
  default void imageDecoded(long nanos) {}

  /**
   * A model was called once. If images of several runs share the call, each distinct listener
   * receives one event.
   *
   * @param images of the batch
   */
  default void modelRan(String model, int images, long nanos) {}

  /** A model's output for one image was converted to a prediction. */
  default void outputRead(long nanos) {}

  /**
   * A batch did not fit into the device's memory and is retried in halves.
   *
   * @param images the new maximum size of a batch
   */
  default void batchHalved(String model, int images) {}

  /** An image has a result, which may be a failure. */
  default void imageEnded() {}

  /**
   * An image has failed; {@link #imageEnded} is also called.
   *
   * @param stage {@code read} or {@code decode}
   */
  default void imageFailed(String stage, Exception cause) {}
}
