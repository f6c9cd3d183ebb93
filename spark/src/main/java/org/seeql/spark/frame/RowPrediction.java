package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.udf.batch.Prediction;

/**
 * A row with the prediction for its image.
 *
 * @param prediction empty if the row has no image
 */
public record RowPrediction<T>(T row, Optional<Prediction> prediction) {
  public RowPrediction {
    requireNonNull(row, "row is null");
    requireNonNull(prediction, "prediction is null");
  }
}
