package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.Map;
import org.seeql.udf.image.ReadBudget;
import org.seeql.udf.model.LoadedModel;
import org.seeql.udf.model.ModelDescription;

/**
 * Runs one model on images, on one device. There is one pipeline per JVM, shared by all callers.
 * Thread-safe. Closing it closes the model.
 */
public final class InferencePipeline implements AutoCloseable {
  private static final int MIN_IMAGES_AHEAD = 32;

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
   * A pipeline for a model, which it owns from now on.
   *
   * @param threads the number of cores it may use; on a CPU also the number of concurrent model
   *     calls, so load the model for one thread per call
   */
  public static InferencePipeline over(LoadedModel model, int threads) {
    return over(model, threads, ReadBudget.ofJvm());
  }

  static InferencePipeline over(LoadedModel model, int threads, ReadBudget budget) {
    return new InferencePipeline(
        model, threads, BatchSizeTuner.of(model.description().input(), model.device()), budget);
  }

  /**
   * A pipeline with a fixed batch size, for measurements. A model that accepts only one size keeps
   * that size.
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

  /** The current state. */
  public PipelineState state() {
    return PipelineState.of(
        ready.size(), workers.decodedImages(), Map.of(model.description().name(), tuner.best()));
  }

  /** Runs {@link #run(Iterator, PipelineOptions, StageTimes)} without reporting counters. */
  public <S extends ImageSource> CloseableIterator<ImageResult<S>> run(
      Iterator<S> images, PipelineOptions options) {
    return run(images, options, new StageTimes());
  }

  /**
   * Returns the results of the images, in their order. The thread that advances the result also
   * advances the given iterator, a bounded number of images ahead. After that iterator has reported
   * its end, it is asked again. Close the result if it is not read to its end. This discards images
   * in progress, although a read may still continue for a while.
   *
   * <p>A problem with one image becomes that image's {@link Prediction.Failure}. If the model
   * fails, the iterator throws.
   *
   * @param times counters of this run
   */
  public <S extends ImageSource> CloseableIterator<ImageResult<S>> run(
      Iterator<S> images, PipelineOptions options, StageTimes times) {
    return run(images, options, times, PredictionReader.of(model.description(), options));
  }

  /**
   * The same, with {@link Prediction.Proposals} instead of detections. A model that does not {@link
   * #hasProposals have} them returns what it returns otherwise.
   */
  public <S extends ImageSource> CloseableIterator<ImageResult<S>> runForProposals(
      Iterator<S> images, PipelineOptions options, StageTimes times) {
    ModelDescription description = model.description();
    return run(
        images,
        options,
        times,
        PredictionReader.proposals(description, options)
            .orElseGet(() -> PredictionReader.of(description, options)));
  }

  /** Whether a model provides the objectness and all class probabilities of its detections. */
  public static boolean hasProposals(ModelDescription model) {
    return PredictionReader.proposals(model, PipelineOptions.DEFAULT).isPresent();
  }

  private <S extends ImageSource> CloseableIterator<ImageResult<S>> run(
      Iterator<S> images, PipelineOptions options, StageTimes times, PredictionReader reader) {
    Arrivals arrivals = new Arrivals();
    return new RunIterator<S, ModelTask<S>, ImageResult<S>>(
        images,
        image -> new ModelTask<>(image, options, times, reader, arrivals),
        new RunIterator.Pipeline<>(
            this::accept, () -> imagesAhead(options.batchSize()), arrivals::ended),
        readers.budget());
  }

  private int imagesAhead(BatchSize requested) {
    return Math.max(MIN_IMAGES_AHEAD, workers.wantedImages(requested));
  }

  private void accept(ModelTask<?> image) {
    if (image.isPrepared()) {
      ready.add(image);
      return;
    }
    image.arrivals().accepted();
    readers.read(
        image,
        hasFile -> {
          if (hasFile) {
            ready.add(image);
          }
          image.arrivals().arrived();
        });
  }

  /** Stops the threads after the current batches, and closes the model. */
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
