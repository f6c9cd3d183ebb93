package org.seeql.udf.explain;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.seeql.udf.batch.Prediction;

/**
 * An image with the explanations of its answers.
 *
 * @param prediction without masks; may be a failure
 * @param width of the original in pixels, rotated according to EXIF unless that is ignored; 0 for a
 *     failure
 */
public record ExplainedImage(
    Prediction prediction, int width, int height, List<Explanation> explanations) {
  public ExplainedImage {
    requireNonNull(prediction, "prediction is null");
    explanations = List.copyOf(explanations);
  }
}
