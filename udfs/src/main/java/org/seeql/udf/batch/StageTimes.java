package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of one run of the pipeline, which can be read while it runs. Times are summed over all
 * threads, so their sum may exceed the elapsed time. Thread-safe.
 */
public final class StageTimes {
  private final LongAdder images = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder readNanos = new LongAdder();
  private final LongAdder decodeNanos = new LongAdder();
  private final LongAdder inferenceNanos = new LongAdder();
  private final LongAdder postprocessNanos = new LongAdder();
  private final PipelineListener listener;
  private volatile int batchSize;

  /** Counters without a listener. */
  public StageTimes() {
    this(PipelineListener.NONE);
  }

  /**
   * Counters with a listener.
   *
   * @param listener receives the same events, for each image and each call
   */
  public StageTimes(PipelineListener listener) {
    this.listener = requireNonNull(listener, "listener is null");
  }

  PipelineListener listener() {
    return listener;
  }

  /** Images with a result, including failures. */
  public long images() {
    return images.sum();
  }

  public long failed() {
    return failed.sum();
  }

  /** Model calls that contained an image of this run. */
  public long batches() {
    return batches.sum();
  }

  /** The time to read the images' files. */
  public Duration read() {
    return Duration.ofNanos(readNanos.sum());
  }

  /** The time from encoded bytes to the model's input. */
  public Duration decode() {
    return Duration.ofNanos(decodeNanos.sum());
  }

  /**
   * The time in the model; a call that several runs share counts for each in proportion to its
   * images.
   */
  public Duration inference() {
    return Duration.ofNanos(inferenceNanos.sum());
  }

  /** The time from the model's output to predictions. */
  public Duration postprocess() {
    return Duration.ofNanos(postprocessNanos.sum());
  }

  /**
   * The size of the latest batch, and with an exact batch size that of the largest; 0 before the
   * first.
   */
  public int batchSize() {
    return batchSize;
  }

  void finished(boolean isFailure) {
    images.increment();
    if (isFailure) {
      failed.increment();
    }
    listener.imageEnded();
  }

  void read(long nanos) {
    readNanos.add(nanos);
    listener.fileRead(nanos);
  }

  void decoded(long nanos) {
    decodeNanos.add(nanos);
    listener.imageDecoded(nanos);
  }

  /** Adds the time from decoded pixels to a further input of an image. */
  void written(long nanos) {
    decodeNanos.add(nanos);
  }

  void inferred(long nanos) {
    inferenceNanos.add(nanos);
  }

  void batch(int size) {
    batches.increment();
    batchSize = size;
  }

  /** Adds a batch of a run with an exact batch size, whose last batch may be smaller. */
  synchronized void exactBatch(int size) {
    batches.increment();
    batchSize = Math.max(batchSize, size);
  }

  void postprocessed(long nanos) {
    postprocessNanos.add(nanos);
    listener.outputRead(nanos);
  }
}
