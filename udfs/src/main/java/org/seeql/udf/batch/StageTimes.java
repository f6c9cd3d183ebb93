package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of one run of the pipeline, readable while it goes on. Times are of all threads
 * together, so that their sum may exceed the time that has passed. Thread-safe.
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

  /** Counters alone. */
  public StageTimes() {
    this(PipelineListener.NONE);
  }

  /**
   * Counters.
   *
   * @param listener hears what is counted, image by image and call by call
   */
  public StageTimes(PipelineListener listener) {
    this.listener = requireNonNull(listener, "listener is null");
  }

  PipelineListener listener() {
    return listener;
  }

  /** Images with a result, the failed ones included. */
  public long images() {
    return images.sum();
  }

  public long failed() {
    return failed.sum();
  }

  /** Calls of the model that held an image of this run. */
  public long batches() {
    return batches.sum();
  }

  /** Of the images' files. */
  public Duration read() {
    return Duration.ofNanos(readNanos.sum());
  }

  /** From bytes to the model's input. */
  public Duration decode() {
    return Duration.ofNanos(decodeNanos.sum());
  }

  /** In the model; a call that several runs shared counts for each by its number of images. */
  public Duration inference() {
    return Duration.ofNanos(inferenceNanos.sum());
  }

  /** From the model's output to predictions. */
  public Duration postprocess() {
    return Duration.ofNanos(postprocessNanos.sum());
  }

  /** The size of the latest batch; 0 before the first. */
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

  /** Time from decoded pixels to one of several models' inputs. */
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

  void postprocessed(long nanos) {
    postprocessNanos.add(nanos);
    listener.outputRead(nanos);
  }
}
