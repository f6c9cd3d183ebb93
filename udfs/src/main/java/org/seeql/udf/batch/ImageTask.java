package org.seeql.udf.batch;

import java.io.IOException;
import java.util.Optional;
import org.seeql.udf.image.EncodedImage;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.ImageFiles;
import org.seeql.udf.image.ReadBudget;
import org.seeql.udf.image.UndecodableImageException;
import org.seeql.udf.layout.ModelOutputs;

/**
 * One image in a pipeline. Threads pass it on to each other; only waiting, completion and
 * cancellation may be concurrent.
 *
 * @param <R> the result of the image
 */
abstract class ImageTask<R> {
  /** The stage of a failure caused by a model's output. */
  static final String MODEL = "model";

  private final ImageSource source;
  private final PipelineOptions options;
  private final StageTimes times;
  // guarded by this, as is the result
  private Optional<EncodedImage> file = Optional.empty();
  private R result;
  private Throwable error;
  private volatile boolean cancelled;

  ImageTask(ImageSource source, PipelineOptions options, StageTimes times) {
    this.source = source;
    this.options = options;
    this.times = times;
  }

  /** Decodes a model's output for this image. */
  abstract void finish(ModelOutputs outputs, int place);

  /** Records this image's share of a model call. */
  void inferred(long nanos, int batchSize) {
    times.inferred(nanos);
  }

  /** Whether this is an image of the run, and not another form of one. */
  boolean countsAsImage() {
    return true;
  }

  /** The result of an image that has no prediction. */
  abstract R failed(Prediction.Failure failure);

  final PipelineOptions options() {
    return options;
  }

  final StageTimes times() {
    return times;
  }

  final long bytesHeld() {
    return source.bytesHeld();
  }

  final long row() {
    return source.row();
  }

  /**
   * Reads the file. Returns false if that failed, which completes the task with a failure, or if
   * the image is cancelled.
   */
  final boolean read(ReadBudget budget, FileReaders.Reading reading) {
    try (ImageFile opened = source.open()) {
      keep(ImageFiles.read(opened, options.maxPixels(), budget, reading));
    } catch (UndecodableImageException e) {
      failImage("decode", e);
    } catch (IOException | RuntimeException e) {
      failImage("read", e);
    } catch (OutOfMemoryError e) {
      failImage("read", new IOException("There is not enough memory to read the file", e));
    } catch (Error e) {
      fail(e);
    } finally {
      times.read(reading.nanos());
    }
    return hasFile();
  }

  private synchronized void keep(EncodedImage read) {
    if (isDone() || cancelled) {
      read.close();
    } else {
      file = Optional.of(read);
    }
  }

  private synchronized boolean hasFile() {
    return file.isPresent();
  }

  private synchronized void discardFile() {
    file.ifPresent(EncodedImage::close);
    file = Optional.empty();
  }

  /** Decodes a file that is in memory. */
  interface Decoding {
    void decode(byte[] file) throws UndecodableImageException;
  }

  /**
   * Decodes the file and discards its bytes. Returns false if that failed, which completes the task
   * with a failure, or if the image is cancelled.
   */
  final boolean decode(Decoding decoding) {
    Optional<EncodedImage> taken = takeFile();
    if (taken.isEmpty()) {
      return false;
    }
    long start = System.nanoTime();
    try (EncodedImage encoded = taken.get()) {
      decoding.decode(encoded.bytes());
      return true;
    } catch (UndecodableImageException | RuntimeException e) {
      failImage("decode", e);
    } catch (OutOfMemoryError e) {
      failImage("decode", new IOException("There is not enough memory to decode the image", e));
    } catch (Error e) {
      fail(e);
    } finally {
      times.decoded(System.nanoTime() - start);
    }
    return false;
  }

  /** Writes an input that needs no file. Returns false if the image is cancelled or that failed. */
  final boolean prepare(Runnable writing) {
    if (cancelled) {
      return false;
    }
    long start = System.nanoTime();
    try {
      writing.run();
      return true;
    } catch (RuntimeException | Error e) {
      fail(e);
      return false;
    } finally {
      times.written(System.nanoTime() - start);
    }
  }

  private synchronized Optional<EncodedImage> takeFile() {
    Optional<EncodedImage> taken = file;
    file = Optional.empty();
    return taken;
  }

  /** Completes this image with a failure; other images are not affected. */
  final void failImage(String stage, Exception cause) {
    String reason =
        Optional.ofNullable(cause.getMessage()).orElseGet(() -> cause.getClass().getSimpleName());
    synchronized (this) {
      if (!isDone() && !cancelled) {
        times.listener().imageFailed(stage, cause);
        end(failed(new Prediction.Failure(stage, reason)), true);
      }
    }
  }

  final synchronized void end(R outcome, boolean isFailure) {
    if (!isDone()) {
      result = outcome;
      discardFile();
      if (countsAsImage()) {
        times.finished(isFailure);
      }
      notifyAll();
    }
  }

  /** Fails the whole run to which this image belongs. */
  final synchronized void fail(Throwable cause) {
    if (!isDone()) {
      error = cause;
      discardFile();
      notifyAll();
    }
  }

  /** Marks the task as cancelled; the thread that holds it discards it. */
  final synchronized void cancel() {
    cancelled = true;
    discardFile();
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
