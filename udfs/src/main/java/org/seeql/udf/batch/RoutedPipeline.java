package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.seeql.udf.image.ReadBudget;
import org.seeql.udf.model.Device;

/**
 * Runs several models on images, on one device. Each image is read and decoded once, unless its
 * {@link Route} is exact. Only the models that its route requests see it, one after another. Images
 * that need the same model at the same time share its batches, whatever their route or caller. A
 * model is loaded when the first image needs it.
 *
 * <p>Shared by all callers: thread-safe. Closing it closes the models.
 */
public final class RoutedPipeline implements AutoCloseable {
  private static final int READ_AHEAD = 64;

  // the number of images from which a batch after a rare branch is filled
  private static final int IMAGES_AHEAD_ON_CPU = 1_024;
  private static final int IMAGES_AHEAD_ON_GPU = 4_096;

  private static final RoutingQueue.Limits ON_CPU =
      new RoutingQueue.Limits(1, READ_AHEAD, 256, 128L << 20);
  private static final RoutingQueue.Limits ON_GPU =
      new RoutingQueue.Limits(1, 2 * READ_AHEAD, 2_048, 1L << 30);

  private final List<RoutedModel> models;
  private final List<ModelQueue> modelQueues = new ArrayList<>();
  private final FileReaders readers;
  private final RoutingQueue queue;
  private final PipelineWorkers workers;
  private boolean closed;

  /**
   * A pipeline for models; routes refer to them by index.
   *
   * @param threads the number of cores it may use; on a CPU also the number of concurrent model
   *     calls, so load the models for one thread per call
   */
  public RoutedPipeline(List<RoutedModel> models, Device device, int threads) {
    this(models, device, limits(device, threads), threads, ReadBudget.ofJvm());
  }

  RoutedPipeline(
      List<RoutedModel> models,
      Device device,
      RoutingQueue.Limits limits,
      int threads,
      ReadBudget budget) {
    this.models = List.copyOf(models);
    readers = new FileReaders(budget);
    for (RoutedModel model : models) {
      modelQueues.add(new ModelQueue(modelQueues.size(), model));
    }
    queue = new RoutingQueue(modelQueues, readers, limits);
    workers =
        new RoutingWorkers(
            queue,
            modelQueues.stream().map(ModelQueue::format).toList(),
            device,
            threads,
            device.isGpu() ? IMAGES_AHEAD_ON_GPU : IMAGES_AHEAD_ON_CPU);
  }

  private static RoutingQueue.Limits limits(Device device, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("Invalid threads: " + threads + " (at least 1)");
    }
    RoutingQueue.Limits limits = device.isGpu() ? ON_GPU : ON_CPU;
    return new RoutingQueue.Limits(
        device.isGpu() ? 1 : threads, limits.readAhead(), limits.images(), limits.bytes());
  }

  /**
   * Returns the results of the images, in their order. The thread that advances the result also
   * advances the given iterator, a bounded number of images ahead. Close the result if it is not
   * read to its end. This discards images in progress, although a read may still continue for a
   * while.
   *
   * <p>A problem with one image becomes that image's failure. If a model or a route fails, the
   * iterator throws.
   *
   * @param routes creates the route of each image; called by the thread that advances the result
   * @param times counters of this run
   */
  public <S extends ImageSource, R extends Route> CloseableIterator<RoutedResult<S, R>> run(
      Iterator<S> images,
      Function<? super S, R> routes,
      PipelineOptions options,
      RoutedTimes times) {
    requireNonNull(times, "times is null");
    List<PredictionReader> outputs =
        models.stream().map(model -> PredictionReader.of(model.description(), options)).toList();
    return new RunIterator<S, RoutedTask<S, R>, RoutedResult<S, R>>(
        images,
        image -> new RoutedTask<>(image, routes.apply(image), options, times, outputs),
        // the queue knows whether more images may come
        new RunIterator.Pipeline<>(
            queue::accept, () -> workers.wantedImages(options.batchSize()), () -> {}),
        readers.budget());
  }

  /** As the other method, with routes that do not depend on the image. */
  public <S extends ImageSource, R extends Route> CloseableIterator<RoutedResult<S, R>> run(
      Iterator<S> images, Supplier<R> routes, PipelineOptions options, RoutedTimes times) {
    return run(images, image -> routes.get(), options, times);
  }

  /** The current state. */
  public PipelineState state() {
    return queue.state();
  }

  /** The native memory of decoded images, in bytes. */
  long heldBytes() {
    return queue.heldBytes();
  }

  /** Stops the threads after the current batches, and closes the models. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      workers.close();
      readers.close();
      if (!workers.isStuck()) {
        modelQueues.forEach(q -> q.loaded().ifPresent(TunedModel::close));
      }
    }
  }
}
