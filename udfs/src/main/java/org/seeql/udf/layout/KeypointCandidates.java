package org.seeql.udf.layout;

import java.util.ArrayList;
import java.util.List;
import org.seeql.udf.InferenceException;
import org.seeql.udf.detect.Geometry;
import org.seeql.udf.image.Letterbox;

/** Boxes with key points: x and y in pixels of the model's input, and possibly a confidence. */
final class KeypointCandidates extends UprightCandidates {
  private final int valuesPerPoint;

  /**
   * Candidates of one image.
   *
   * @param valuesPerPoint 2, or 3 with a confidence
   * @throws InferenceException if the further values are not key points with that many values
   */
  KeypointCandidates(FurtherValues further, int valuesPerPoint, String layout) {
    super(further);
    this.valuesPerPoint = valuesPerPoint;
    if (further.count() % valuesPerPoint != 0) {
      throw new InferenceException(
          "Cannot read the output as %s: it has %d values of key points for each box, which is not a multiple of %d; the layout or the number of labels is wrong"
              .formatted(layout, further.count(), valuesPerPoint));
    }
  }

  /** Key points are clipped to the image, as in Ultralytics. */
  @Override
  Geometry geometry(int candidate, Letterbox letterbox, PixelBox box) {
    List<List<Float>> points = new ArrayList<>();
    for (int i = 0; i < furtherCount(); i += valuesPerPoint) {
      float x = letterbox.imageX(further(candidate, i));
      float y = letterbox.imageY(further(candidate, i + 1));
      points.add(valuesPerPoint == 2 ? List.of(x, y) : List.of(x, y, further(candidate, i + 2)));
    }
    return new Geometry.Keypoints(points);
  }
}
