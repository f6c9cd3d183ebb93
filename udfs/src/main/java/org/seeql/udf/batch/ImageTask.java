package org.seeql.udf.batch;

import java.io.IOException;
import java.util.Optional;
import org.seeql.udf.model.ModelOutputs;

/**
 * One image on its way through a pipeline. Passed from thread to thread; only waiting, ending and
 * cancelling may happen at once.
 *
 * @param <R> what comes of it
 */
abstract class ImageTask<R> {
  private final ImageSource source;
  private final PipelineOptions options;
  private final StageTimes times;
  private byte[] bytes = {};

  private R result;
  private Throwable error;
  private volatile boolean cancelled;

  ImageTask(ImageSource source, PipelineOptions options, StageTimes times) {
    this.source = source;
    this.options = options;
    this.times = times;
  }

  /** Reads what a model said of this image, the place-th of its batch. */
  abstract void finish(ModelOutputs outputs, int place);

  /** Takes note of this image's share of a model's call. */
  void inferred(long nanos, int batchSize) {
    times.inferred(nanos);
  }

  /** What comes of an image that has no prediction. */
  abstract R failed(Prediction.Failure failure);

  final PipelineOptions options() {
    return options;
  }

  final StageTimes times() {
    return times;
  }

  final long row() {
    return source.row();
  }

  /** Reads the file; false when that failed, which is this image's result then. */
  final boolean read() {
    long start = System.nanoTime();
    try {
      bytes = source.read();
      return true;
    } catch (IOException | RuntimeException e) {
      failImage("read", e);
      return false;
    } catch (Error e) {
      fail(e);
      return false;
    } finally {
      times.read(System.nanoTime() - start);
    }
  }

  /** The file's bytes, which are given away. */
  final byte[] takeBytes() {
    byte[] taken = bytes;
    bytes = new byte[0];
    return taken;
  }

  /** Ends this image, and no other, for what is wrong with it. */
  final void failImage(String stage, Exception cause) {
    String reason =
        Optional.ofNullable(cause.getMessage()).orElseGet(() -> cause.getClass().getSimpleName());
    times.listener().imageFailed(stage, cause);
    end(failed(new Prediction.Failure(stage, reason)), true);
  }

  final synchronized void end(R outcome, boolean isFailure) {
    if (!isDone()) {
      result = outcome;
      times.finished(isFailure);
      notifyAll();
    }
  }

  /** Ends the run that this image belongs to. */
  final synchronized void fail(Throwable cause) {
    if (!isDone()) {
      error = cause;
      notifyAll();
    }
  }

  /** Lets whoever has the task drop it. */
  final void cancel() {
    cancelled = true;
  }

  final boolean isCancelled() {
    return cancelled;
  }

  final synchronized boolean isDone() {
    return result != null || error != null;
  }

  /** Waits for the result. */
  final synchronized R await() {
    try {
      while (!isDone()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an image", e);
    }
    if (error instanceof RuntimeException e) {
      throw e;
    }
    if (error instanceof Error e) {
      throw e;
    }
    return result;
  }
}
