package org.seeql.udf.batch;

import java.io.IOException;
import java.util.Optional;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.InputWriter;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.image.UndecodableImageException;
import org.seeql.udf.model.ModelOutputs;

/**
 * One image on its way through the pipeline. Passed from thread to thread; only waiting, ending and
 * cancelling may happen at once.
 */
final class ImageTask<S extends ImageSource> {
  private final S source;
  private final PipelineOptions options;
  private final StageTimes times;
  private final PredictionReader reader;
  private byte[] bytes = {};
  private Letterbox letterbox;

  private Prediction prediction;
  private Throwable error;
  private volatile boolean cancelled;

  ImageTask(S source, PipelineOptions options, StageTimes times, PredictionReader reader) {
    this.source = source;
    this.options = options;
    this.times = times;
    this.reader = reader;
  }

  S source() {
    return source;
  }

  PipelineOptions options() {
    return options;
  }

  StageTimes times() {
    return times;
  }

  /** Reads the file; false when that failed, which is this image's result then. */
  boolean read() {
    long start = System.nanoTime();
    try {
      bytes = source.read();
      return true;
    } catch (IOException | RuntimeException e) {
      finish(new Prediction.Failure("read", reason(e)));
      return false;
    } catch (Error e) {
      fail(e);
      return false;
    } finally {
      times.read(System.nanoTime() - start);
    }
  }

  /** Decodes into a slot; false when that failed, which is this image's result then. */
  boolean decode(InputWriter writer, InputBuffer target, int slot) {
    long start = System.nanoTime();
    try {
      letterbox = writer.write(bytes, options.exifRotation(), options.maxPixels(), target, slot);
      return true;
    } catch (UndecodableImageException | RuntimeException e) {
      finish(new Prediction.Failure("decode", reason(e)));
      return false;
    } catch (Error e) {
      fail(e);
      return false;
    } finally {
      bytes = new byte[0];
      times.decoded(System.nanoTime() - start);
    }
  }

  private static String reason(Exception e) {
    return Optional.ofNullable(e.getMessage()).orElseGet(() -> e.getClass().getSimpleName());
  }

  /** Reads the prediction out of the model's output, as the place-th image of the batch. */
  void finish(ModelOutputs outputs, int place) {
    long start = System.nanoTime();
    Prediction result = reader.read(outputs, place, letterbox, source.row());
    times.postprocessed(System.nanoTime() - start);
    finish(result);
  }

  synchronized void finish(Prediction result) {
    if (!isDone()) {
      prediction = result;
      times.finished(result);
      notifyAll();
    }
  }

  /** Ends the run that this image belongs to. */
  synchronized void fail(Throwable cause) {
    if (!isDone()) {
      error = cause;
      notifyAll();
    }
  }

  /** Lets whoever has the task drop it. */
  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  private boolean isDone() {
    return prediction != null || error != null;
  }

  /** Waits for the result. */
  synchronized Prediction await() {
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
    return prediction;
  }
}
