package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.Map;
import org.seeql.udf.image.ReadBudget;
import org.seeql.udf.model.LoadedModel;

/**
 * Images in, predictions out, for one model on one device. One a JVM, shared by all callers:
 * thread-safe. Closing it closes the model.
 */
public final class InferencePipeline implements AutoCloseable {
  private static final int LEAST_IMAGES_AHEAD = 32;

  private final LoadedModel model;
  private final BatchSizeTuner tuner;
  private final ReadyImages ready = new ReadyImages();
  private final FileReaders readers;
  private final PipelineWorkers workers;
  private boolean closed;

  private InferencePipeline(
      LoadedModel model, int threads, BatchSizeTuner tuner, ReadBudget budget) {
    requireNonNull(model, "model is null");
    if (threads < 1) {
      throw new IllegalArgumentException("Invalid threads: " + threads + " (at least 1)");
    }
    this.model = model;
    this.tuner = tuner;
    readers = new FileReaders(budget);
    workers =
        model.device().isGpu()
            ? new StagedWorkers(model, ready, tuner, threads)
            : new FusedWorkers(model, ready, tuner, threads);
  }

  /**
   * A pipeline over a model, which it owns from now on.
   *
   * @param threads how many cores it may use; on a CPU also how many calls of the model go on at
   *     once, so the model should be loaded for one thread a call
   */
  public static InferencePipeline over(LoadedModel model, int threads) {
    return over(model, threads, ReadBudget.ofJvm());
  }

  static InferencePipeline over(LoadedModel model, int threads, ReadBudget budget) {
    return new InferencePipeline(
        model, threads, BatchSizeTuner.of(model.description().input(), model.device()), budget);
  }

  /**
   * For measurements: a pipeline whose batches have so many images, fast or not, unless the model
   * takes one size only.
   */
  public static InferencePipeline ofExactBatches(LoadedModel model, int threads, int batchSize) {
    int size = model.description().input().fixedBatch().orElse(batchSize);
    return new InferencePipeline(model, threads, BatchSizeTuner.of(size), ReadBudget.ofJvm());
  }

  BatchSizeTuner tuner() {
    return tuner;
  }

  public LoadedModel model() {
    return model;
  }

  /** How it stands. */
  public PipelineState state() {
    return PipelineState.of(
        ready.size(), workers.decodedImages(), Map.of(model.description().name(), tuner.best()));
  }

  /** {@link #run(Iterator, PipelineOptions, StageTimes)} with counters that nobody reads. */
  public <S extends ImageSource> CloseableIterator<ImageResult<S>> run(
      Iterator<S> images, PipelineOptions options) {
    return run(images, options, new StageTimes());
  }

  /**
   * The results of the images, in their order. The given iterator is advanced only by the thread
   * that advances the returned one, a bounded number of images ahead; having said that it has none,
   * it is asked again. Close the result when it is not read to its end: what is under way is
   * dropped, though a read may still go on for a while.
   *
   * <p>What is wrong with one image is that image's {@link Prediction.Failure}. When the model
   * fails, the iterator throws.
   *
   * @param times counts what this run does
   */
  public <S extends ImageSource> CloseableIterator<ImageResult<S>> run(
      Iterator<S> images, PipelineOptions options, StageTimes times) {
    PredictionReader reader = PredictionReader.of(model.description(), options);
    return new RunIterator<S, ModelTask<S>, ImageResult<S>>(
        images,
        image -> new ModelTask<>(image, options, times, reader),
        this::accept,
        this::imagesAhead,
        readers.budget());
  }

  private int imagesAhead() {
    return Math.max(LEAST_IMAGES_AHEAD, workers.wantedImages());
  }

  private void accept(ModelTask<?> image) {
    readers.read(
        image,
        hasFile -> {
          if (hasFile) {
            ready.add(image);
          }
        });
  }

  /** Ends the threads when the batches under way are done, and closes the model. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      readers.close();
      workers.close();
      if (!workers.isStuck()) {
        model.close();
      }
    }
  }
}
