package org.seeql.udf.layout;

import java.util.List;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.Letterbox;

/** A {@link YoloHeadLayout} with the boxes of {@code yolov8} and {@code end2end}. */
abstract class UprightHeadLayout extends YoloHeadLayout {
  private static final long serialVersionUID = 1;

  @Override
  final BoxTable.BoxKind finalBoxes() {
    return BoxTable.BoxKind.CORNERS;
  }

  @Override
  final List<Detection> decodeColumns(
      OutputTensor boxes,
      int image,
      List<String> labels,
      Letterbox letterbox,
      Thresholds thresholds) {
    return YoloV8Layout.decodeColumns(boxes, labels.size(), labels, image, letterbox, thresholds);
  }

  @Override
  final void addFinal(BoxTable table, int row, Candidates candidates) {
    candidates.add(
        table.box(row, 0),
        table.box(row, 1),
        table.box(row, 2),
        table.box(row, 3),
        (int) table.classId(row),
        table.score(row));
  }
}
