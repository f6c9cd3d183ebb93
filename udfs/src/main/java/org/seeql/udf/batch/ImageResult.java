package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

/** An image with its prediction. */
public record ImageResult<S extends ImageSource>(S source, Prediction prediction) {
  public ImageResult {
    requireNonNull(source, "source is null");
    requireNonNull(prediction, "prediction is null");
  }
}
