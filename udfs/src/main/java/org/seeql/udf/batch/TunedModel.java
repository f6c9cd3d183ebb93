package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import org.seeql.udf.model.LoadedModel;

/**
 * A loaded model together with its batch size tuner. Thread-safe. Its creator closes it, which
 * closes the model.
 */
public final class TunedModel implements AutoCloseable {
  private final LoadedModel model;
  private final BatchSizeTuner tuner;
  private final Runnable close;

  private TunedModel(LoadedModel model, BatchSizeTuner tuner, Runnable close) {
    this.model = requireNonNull(model, "model is null");
    this.tuner = requireNonNull(tuner, "tuner is null");
    this.close = requireNonNull(close, "close is null");
  }

  /** A model without measurements yet; takes ownership of the model. */
  public static TunedModel of(LoadedModel model) {
    BatchSizeTuner tuner = BatchSizeTuner.of(model.description().input(), model.device());
    return new TunedModel(model, tuner, model::close);
  }

  /**
   * A model with a fixed batch size, for measurements. A model that accepts only one size keeps
   * that size.
   */
  public static TunedModel ofExactBatches(LoadedModel model, int batchSize) {
    int size = model.description().input().fixedBatch().orElse(batchSize);
    return new TunedModel(model, BatchSizeTuner.of(size), model::close);
  }

  /** The same model; closing the result only runs {@code onClose}. */
  public TunedModel withClose(Runnable onClose) {
    return new TunedModel(model, tuner, onClose);
  }

  public LoadedModel model() {
    return model;
  }

  BatchSizeTuner tuner() {
    return tuner;
  }

  @Override
  public void close() {
    close.run();
  }
}
