package org.seeql.udf.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.model.DeviceMemoryException;
import org.seeql.udf.model.LoadedModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the model on decoded images and completes their tasks. Thread-safe. */
final class BatchRunner {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

  /** How often a thread that waits for its turn checks whether a call has expired. */
  private static final int POLL_MILLIS = 100;

  private final LoadedModel model;
  private final BatchSizeTuner tuner;
  private final Executor postprocessing;
  private final Semaphore calls;
  private final CallWatch watch;

  /**
   * A runner without a limit on concurrent calls; its callers limit them.
   *
   * @param postprocessing runs the part after the model; may be the calling thread
   * @param watch limits the time of a call
   */
  BatchRunner(LoadedModel model, BatchSizeTuner tuner, Executor postprocessing, CallWatch watch) {
    this(model, tuner, postprocessing, new Semaphore(Integer.MAX_VALUE), watch);
  }

  /**
   * A runner with a limit on concurrent calls.
   *
   * @param postprocessing runs the part after the model; may be the calling thread
   * @param calls permits for concurrent calls of models
   * @param watch limits the time of a call
   */
  BatchRunner(
      LoadedModel model,
      BatchSizeTuner tuner,
      Executor postprocessing,
      Semaphore calls,
      CallWatch watch) {
    this.model = model;
    this.tuner = tuner;
    this.postprocessing = postprocessing;
    this.calls = calls;
    this.watch = watch;
  }

  /** Runs the images in the first slots of a buffer; the caller may reuse the buffer on return. */
  void run(InputBuffer buffer, List<? extends ImageTask<?>> images) {
    try {
      run(buffer.bytes(), images);
    } catch (RuntimeException | Error e) {
      images.forEach(image -> image.fail(e));
    }
  }

  private void run(ByteBuffer bytes, List<? extends ImageTask<?>> images) {
    ModelOutputs outputs;
    try {
      outputs = call(bytes, images);
    } catch (DeviceMemoryException e) {
      if (images.size() == 1 || model.description().input().fixedBatch().isPresent()) {
        throw new InferenceException(e.getMessage() + "; a smaller batch is not possible", e);
      }
      runHalves(bytes, images, e);
      return;
    }
    try {
      postprocessing.execute(() -> finish(outputs, images));
    } catch (RejectedExecutionException e) {
      // the pipeline was closed during the call
      outputs.close();
      throw e;
    }
  }

  private ModelOutputs call(ByteBuffer bytes, List<? extends ImageTask<?>> images) {
    int size = model.description().input().fixedBatch().orElse(images.size());
    awaitPermit();
    try {
      long start = System.nanoTime();
      ModelOutputs outputs = watch.watch(name(), images, () -> model.run(bytes, size));
      long nanos = System.nanoTime() - start;
      tuner.recordCall(images.size(), nanos);
      waitForLatency(images, nanos);
      long spent = System.nanoTime() - start;
      count(images, spent);
      notifyListeners(images, listener -> listener.modelRan(name(), images.size(), spent));
      return outputs;
    } finally {
      calls.release();
    }
  }

  /** Waits until a call may start; fails if a running call has expired. */
  private void awaitPermit() {
    try {
      while (!calls.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        watch.requireNoExpiredCall();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InferenceException(
          "Cannot run model %s: the thread was interrupted while another call was running"
              .formatted(name()),
          e);
    }
  }

  private void runHalves(
      ByteBuffer bytes, List<? extends ImageTask<?>> images, DeviceMemoryException reason) {
    int half = images.size() / 2;
    LOG.info("Reduced the batch size to {}: {}", half, reason.getMessage());
    tuner.limit(half);
    notifyListeners(images, listener -> listener.batchHalved(name(), half));
    int offset = half * model.description().input().bytesPerImage();
    ByteBuffer rest = bytes.slice(offset, bytes.capacity() - offset).order(ByteOrder.nativeOrder());
    run(bytes, images.subList(0, half));
    run(rest, images.subList(half, images.size()));
  }

  /** Delays the call if a variation makes the model slower than it is. */
  private void waitForLatency(List<? extends ImageTask<?>> images, long nanos) {
    Duration latency = images.stream().map(this::latency).reduce(Duration.ZERO, Duration::plus);
    try {
      TimeUnit.NANOSECONDS.sleep(latency.toNanos() - nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The minimum time for an image: the longer of the model's own and that of the run. */
  private Duration latency(ImageTask<?> image) {
    Duration own = model.description().variation().latency();
    Duration requested = image.options().variation().latency();
    return own.compareTo(requested) > 0 ? own : requested;
  }

  /** Adds the call to the counters of the runs that have images in it. */
  private static void count(List<? extends ImageTask<?>> images, long nanos) {
    StageTimes previous = null;
    for (ImageTask<?> image : images) {
      image.inferred(nanos / images.size(), images.size());
      if (image.times() != previous) {
        previous = image.times();
        if (image.options().batchSize().isExact()) {
          previous.exactBatch(images.size());
        } else {
          previous.batch(images.size());
        }
      }
    }
  }

  /** Notifies each listener once per call, even if it observes several runs. */
  private static void notifyListeners(
      List<? extends ImageTask<?>> images, Consumer<PipelineListener> event) {
    images.stream().map(image -> image.times().listener()).distinct().forEach(event);
  }

  private String name() {
    return model.description().name();
  }

  private void finish(ModelOutputs outputs, List<? extends ImageTask<?>> images) {
    try (outputs) {
      for (int i = 0; i < images.size(); i++) {
        images.get(i).finish(outputs, i);
      }
    } catch (RuntimeException | Error e) {
      images.forEach(image -> image.fail(e));
    }
  }
}
