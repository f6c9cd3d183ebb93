package org.seeql.udf.layout;

import java.util.List;
import java.util.OptionalInt;
import org.seeql.udf.image.InputFormat;

/**
 * {@code [B, 4+C+K*V, N]} or {@code [B, N, 6+K*V]}: the output of YOLO models for pose estimation.
 * The K key points of a box, each with V values, are ignored.
 */
final class PoseLayout extends UprightHeadLayout {
  private static final long serialVersionUID = 1;

  @Override
  public String name() {
    return "pose";
  }

  @Override
  String task() {
    return "pose";
  }

  @Override
  String furtherValues() {
    return "key points";
  }

  @Override
  boolean hasPrototypes() {
    return false;
  }

  @Override
  OptionalInt furtherValues(List<OutputTensor> outputs, ExportMetadata metadata) {
    List<Integer> shape = metadata.keypointShape();
    return shape.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(shape.stream().reduce(1, Math::multiplyExact));
  }

  @Override
  boolean haveFurtherValues(OutputSample sample) {
    return !scoresAndFurtherValues(sample).isProbability();
  }

  @Override
  public String expected(InputFormat input) {
    return "[B, 4+C+K*V, N] or [B, N, 6+K*V]";
  }
}
