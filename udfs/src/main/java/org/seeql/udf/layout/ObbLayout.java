package org.seeql.udf.layout;

import java.util.List;
import java.util.OptionalInt;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;

/**
 * {@code [B, 4+C+1, N]} or {@code [B, N, 7]}: the output of YOLO models for oriented boxes. The
 * four values of a box are its centre and size, also in rows, and the last value is its angle in
 * radians. A detection is the smallest box with horizontal and vertical sides that contains the
 * oriented one.
 */
final class ObbLayout extends YoloHeadLayout {
  private static final long serialVersionUID = 1;
  private static final int ANGLE_OF_FINAL_BOX = 6;

  @Override
  public String name() {
    return "obb";
  }

  @Override
  String task() {
    return "obb";
  }

  @Override
  String furtherValues() {
    return "angles";
  }

  @Override
  boolean hasPrototypes() {
    return false;
  }

  @Override
  OptionalInt furtherValues(List<OutputTensor> outputs, ExportMetadata metadata) {
    return OptionalInt.of(1);
  }

  /** Angles of 0 to 1 radians can be class scores. */
  @Override
  boolean haveFurtherValues(OutputSample sample) {
    return scoresAndFurtherValues(sample).isWithin((float) -Math.PI, (float) Math.PI);
  }

  @Override
  BoxTable.BoxKind finalBoxes() {
    return BoxTable.BoxKind.CENTRED;
  }

  @Override
  public String expected(InputFormat input) {
    return "[B, 4+C+1, N] or [B, N, 7]";
  }

  @Override
  List<Detection> decodeColumns(
      OutputTensor boxes,
      int image,
      List<String> labels,
      Letterbox letterbox,
      Thresholds thresholds) {
    CandidateColumns columns = new CandidateColumns(boxes, image);
    int angle = boxes.size(1) - 1;
    RotatedCandidates candidates = new RotatedCandidates();
    columns.forEachAbove(
        (float) thresholds.confidence(),
        labels.size(),
        (i, classId, score) ->
            candidates.add(
                new RotatedBox(
                    columns.value(0, i),
                    columns.value(1, i),
                    columns.value(2, i),
                    columns.value(3, i),
                    columns.value(angle, i)),
                classId,
                score));
    return candidates.suppressed(thresholds, letterbox, labels);
  }

  @Override
  void addFinal(BoxTable table, int row, Candidates candidates) {
    RotatedBox box =
        new RotatedBox(
            table.box(row, 0),
            table.box(row, 1),
            table.box(row, 2),
            table.box(row, 3),
            table.value(row, ANGLE_OF_FINAL_BOX));
    candidates.addCentred(
        box.x(),
        box.y(),
        box.hullWidth(),
        box.hullHeight(),
        (int) table.classId(row),
        table.score(row));
  }
}
