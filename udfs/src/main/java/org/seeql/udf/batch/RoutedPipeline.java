package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.seeql.udf.image.ReadBudget;
import org.seeql.udf.model.Device;

/**
 * Images in, answers of several models out, on one device: each image is read and decoded once,
 * seen by the models that its {@link Route} asks for, one after another, and by no other. Images
 * that need the same model at the same time share its batches, whatever way and whichever caller
 * they come from. A model is loaded when the first image needs it.
 *
 * <p>Shared by all callers: thread-safe. Closing it closes the models.
 */
public final class RoutedPipeline implements AutoCloseable {
  private static final int READ_AHEAD = 64;

  // A batch behind a rare branch is filled from among so many images.
  private static final int IMAGES_AHEAD_ON_CPU = 1_024;
  private static final int IMAGES_AHEAD_ON_GPU = 4_096;

  private static final RoutingQueue.Limits ON_CPU =
      new RoutingQueue.Limits(1, READ_AHEAD, 256, 128L << 20);
  private static final RoutingQueue.Limits ON_GPU =
      new RoutingQueue.Limits(1, 2 * READ_AHEAD, 2_048, 1L << 30);

  private final List<RoutedModel> models;
  private final List<ModelStop> stops = new ArrayList<>();
  private final FileReaders readers;
  private final RoutingQueue queue;
  private final PipelineWorkers workers;
  private boolean closed;

  /**
   * A pipeline over models, in the order in which routes count them.
   *
   * @param threads how many cores it may use; on a CPU also how many calls of models go on at once,
   *     so the models should be loaded for one thread a call
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
      stops.add(new ModelStop(stops.size(), model));
    }
    queue = new RoutingQueue(stops, readers, limits);
    workers =
        new RoutingWorkers(
            queue,
            stops.stream().map(ModelStop::format).toList(),
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
   * The results of the images, in their order. The given iterator is advanced only by the thread
   * that advances the returned one, a bounded number of images ahead. Close the result when it is
   * not read to its end: what is under way is dropped, though a read may still go on for a while.
   *
   * <p>What is wrong with one image is that image's failure. When a model or a route fails, the
   * iterator throws.
   *
   * @param routes makes the route of each image; called by the thread that advances the result
   * @param times counts what this run does
   */
  public <S extends ImageSource, R extends Route> CloseableIterator<RoutedResult<S, R>> run(
      Iterator<S> images, Supplier<R> routes, PipelineOptions options, RoutedTimes times) {
    requireNonNull(times, "times is null");
    List<PredictionReader> outputs =
        models.stream().map(model -> PredictionReader.of(model.description(), options)).toList();
    return new RunIterator<S, RoutedTask<S, R>, RoutedResult<S, R>>(
        images,
        image -> new RoutedTask<>(image, routes.get(), options, times, outputs),
        queue::accept,
        workers::wantedImages,
        readers.budget());
  }

  /** How it stands. */
  public PipelineState state() {
    return queue.state();
  }

  /** How much native memory decoded images take at the moment. */
  long heldBytes() {
    return queue.heldBytes();
  }

  /** Ends the threads when the batches under way are done, and closes the models. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      workers.close();
      readers.close();
      if (!workers.isStuck()) {
        stops.forEach(stop -> stop.loaded().ifPresent(TunedModel::close));
      }
    }
  }
}
