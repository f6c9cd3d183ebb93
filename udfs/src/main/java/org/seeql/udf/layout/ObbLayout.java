package org.seeql.udf.layout;

import java.util.List;
import java.util.OptionalInt;
import org.seeql.udf.detect.GeometryKind;
import org.seeql.udf.image.InputFormat;

/**
 * {@code [B, 4+C+1, N]} or {@code [B, N, 7]}: the output of YOLO models for oriented boxes. The
 * four values of a box are its centre and size, also in rows, and the last value is its angle in
 * radians. The box of a detection is the smallest one with horizontal and vertical sides that
 * contains the oriented one; its geometry is the corners of the oriented one.
 */
final class ObbLayout extends YoloHeadLayout {
  private static final long serialVersionUID = 1;

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
  String counted(int values) {
    return "an angle";
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
  public GeometryKind geometry() {
    return GeometryKind.CORNERS;
  }

  @Override
  HeadCandidates candidates(FurtherValues further, ImageOutputs outputs) {
    return boxCandidates(further);
  }

  /** Suppression needs the angles, and corners cost little. */
  @Override
  HeadCandidates boxCandidates(FurtherValues further) {
    return new RotatedCandidates(further);
  }
}
