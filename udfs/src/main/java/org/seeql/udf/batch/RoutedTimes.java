package org.seeql.udf.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one routed run, in all and by model, readable while it goes on. Thread-safe. */
public final class RoutedTimes {
  private final StageTimes stages;
  private final List<Counters> models = new ArrayList<>();

  /** Counters for so many models. */
  public RoutedTimes(int modelCount) {
    this(modelCount, PipelineListener.NONE);
  }

  /**
   * Counters for so many models.
   *
   * @param listener hears what is counted, image by image and call by call
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
   * What one model did for a run.
   *
   * @param images that it saw
   * @param batches calls of the model; one that several runs shared counts for each by its number
   *     of images
   * @param busy from decoded pixels to predictions, of all threads together: on a CPU the
   *     processor's time, which other work on the machine hardly touches, else the clock's
   * @param load how long the run's first image waited for the model; zero where it was loaded
   */
  public record ModelTimes(long images, double batches, Duration busy, Duration load) {}

  /** Of all models together. */
  public StageTimes stages() {
    return stages;
  }

  /** Of one model, by its place among the pipeline's. */
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

  /** Time for a model's input or output. */
  void busy(int model, long nanos) {
    models.get(model).clockNanos.add(nanos);
  }

  /** Time of a processor for all that a model's batch took of it, an image's share. */
  void processed(int model, long nanos) {
    models.get(model).processorNanos.add(nanos);
  }

  void loaded(int model, long nanos) {
    models.get(model).loadNanos.add(nanos);
  }
}
