package org.seeql.udf.layout;

import java.util.ArrayList;
import java.util.List;
import org.seeql.udf.detect.Geometry;
import org.seeql.udf.image.Letterbox;

/**
 * Rotated boxes. The only further value is the angle. The boxes of detections are the smallest ones
 * with horizontal and vertical sides that contain them.
 *
 * <p>Suppression uses the probabilistic IoU, as Ultralytics does: its models are validated with it,
 * so the usual thresholds have their usual meaning.
 */
final class RotatedCandidates extends HeadCandidates {
  private final FurtherValues angles;
  private final List<RotatedBox> boxes = new ArrayList<>();

  RotatedCandidates(FurtherValues angles) {
    super(angles);
    this.angles = angles;
  }

  @Override
  void addColumn(BoxValues values, int column, int classId, float score) {
    add(values, angles.value(column, 0), classId, score);
  }

  @Override
  void addFinal(BoxValues values, int row, int classId, float score) {
    add(values, angles.value(row, 0), classId, score);
  }

  private void add(BoxValues values, float angle, int classId, float score) {
    RotatedBox box =
        new RotatedBox(values.first(), values.second(), values.third(), values.fourth(), angle);
    boxes.add(box);
    addCentred(box.x(), box.y(), box.hullWidth(), box.hullHeight(), classId, score);
  }

  @Override
  float overlap(int first, int second) {
    return boxes.get(first).probabilisticIou(boxes.get(second));
  }

  @Override
  Geometry geometry(int candidate, Letterbox letterbox, PixelBox box) {
    return new Geometry.Corners(
        boxes.get(candidate).corners().stream()
            .map(
                corner ->
                    List.of(
                        letterbox.unclippedX(corner.get(0)), letterbox.unclippedY(corner.get(1))))
            .toList());
  }
}
