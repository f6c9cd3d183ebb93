package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.batch.Route;

/** The route of one image through all models, in their order. For one thread at a time. */
final class SampleRoute implements Route {
  private final int models;
  private final List<Prediction> predictions = new ArrayList<>();

  SampleRoute(int models) {
    this.models = models;
  }

  @Override
  public OptionalInt next() {
    return predictions.size() < models ? OptionalInt.of(predictions.size()) : OptionalInt.empty();
  }

  /** The scores must be those of the same models in a plan. */
  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  public void answer(int model, Prediction prediction) {
    predictions.add(requireNonNull(prediction, "prediction is null"));
  }

  /** The predictions, in the order of the models. */
  List<Prediction> predictions() {
    return List.copyOf(predictions);
  }
}
