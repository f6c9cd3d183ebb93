package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.udf.batch.Prediction;

/**
 * A row with what became of its image.
 *
 * @param prediction empty where the row has no image
 */
public record RowPrediction<T>(T row, Optional<Prediction> prediction) {
  public RowPrediction {
    requireNonNull(row, "row is null");
    requireNonNull(prediction, "prediction is null");
  }
}
