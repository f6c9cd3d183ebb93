package org.seeql.udf.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of one routed run, in total and by model, which can be read while it runs. Thread-safe.
 */
public final class RoutedTimes {
  private final StageTimes stages;
  private final List<Counters> models = new ArrayList<>();

  /** Counters for {@code modelCount} models. */
  public RoutedTimes(int modelCount) {
    this(modelCount, PipelineListener.NONE);
  }

  /**
   * Counters for {@code modelCount} models.
   *
   * @param listener receives the same events, for each image and each call
   */
  public RoutedTimes(int modelCount, PipelineListener listener) {
    stages = new StageTimes(listener);
    for (int i = 0; i < modelCount; i++) {
      models.add(new Counters());
    }
  }

  private static final class Counters {
    private final LongAdder images = new LongAdder();
    private final DoubleAdder batches = new DoubleAdder();
    private final LongAdder clockNanos = new LongAdder();
    private final LongAdder processorNanos = new LongAdder();
    private final LongAdder loadNanos = new LongAdder();
  }

  /**
   * The work of one model for a run.
   *
   * @param images that it saw
   * @param batches calls of the model; a call that several runs share counts for each in proportion
   *     to its images
   * @param busy from decoded pixels to predictions, summed over all threads. On a CPU this is
   *     processor time, which is little affected by other load; otherwise it is elapsed time
   * @param load how long the run's first image waited for the model; zero if it was already loaded
   */
  public record ModelTimes(long images, double batches, Duration busy, Duration load) {}

  /** The counters of all models together. */
  public StageTimes stages() {
    return stages;
  }

  /** The counters of one model, by its index in the pipeline. */
  public ModelTimes of(int model) {
    Counters counters = models.get(model);
    return new ModelTimes(
        counters.images.sum(),
        counters.batches.sum(),
        Duration.ofNanos(
            counters.processorNanos.sum() > 0
                ? counters.processorNanos.sum()
                : counters.clockNanos.sum()),
        Duration.ofNanos(counters.loadNanos.sum()));
  }

  void inferred(int model, long nanos, int batchSize) {
    Counters counters = models.get(model);
    counters.images.increment();
    counters.batches.add(1.0 / batchSize);
    counters.clockNanos.add(nanos);
  }

  /** Adds time for a model's input or output. */
  void busy(int model, long nanos) {
    models.get(model).clockNanos.add(nanos);
  }

  /** Adds an image's share of the processor time of a batch. */
  void processed(int model, long nanos) {
    models.get(model).processorNanos.add(nanos);
  }

  void loaded(int model, long nanos) {
    models.get(model).loadNanos.add(nanos);
  }
}
