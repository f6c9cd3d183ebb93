package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import org.seeql.udf.model.LoadedModel;

/**
 * A model in memory, with what is known of the batches that it is fastest with. Thread-safe;
 * whoever made it closes it, which closes the model.
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

  /** A model of which nothing is known yet, and which is owned from now on. */
  public static TunedModel of(LoadedModel model) {
    BatchSizeTuner tuner = BatchSizeTuner.of(model.description().input(), model.device());
    return new TunedModel(model, tuner, model::close);
  }

  /** For measurements: a model that gets so many images at once, unless it takes one size only. */
  public static TunedModel ofExactBatches(LoadedModel model, int batchSize) {
    int size = model.description().input().fixedBatch().orElse(batchSize);
    return new TunedModel(model, BatchSizeTuner.of(size), model::close);
  }

  /** The same model, lent: closing it does no more than what is given. */
  public TunedModel lent(Runnable giveBack) {
    return new TunedModel(model, tuner, giveBack);
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
