package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.seeql.udf.detect.GeometryKind;
import org.seeql.udf.image.InputFormat;

/**
 * {@code [B, 4+C+K*V, N]} or {@code [B, N, 6+K*V]}: the output of YOLO models for pose estimation,
 * with K key points for each box. The V values of a key point are x and y in pixels of the input,
 * and possibly a confidence of 0 to 1.
 */
final class PoseLayout extends UprightHeadLayout {
  private static final long serialVersionUID = 1;
  private static final int BOX = 4;

  /** The values of a key point. */
  enum Form {
    CONFIDENCE("pose", 3),
    POSITION("pose_xy", 2);

    private final String layout;
    private final int values;

    Form(String layout, int values) {
      this.layout = layout;
      this.values = values;
    }
  }

  private final Form form;

  PoseLayout(Form form) {
    this.form = form;
  }

  @Override
  public String name() {
    return form.layout;
  }

  @Override
  String task() {
    return "pose";
  }

  @Override
  String furtherValues() {
    return "key points of %d values".formatted(form.values);
  }

  @Override
  String counted(int values) {
    return "%d %s".formatted(values / form.values, furtherValues());
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
  int leastFurtherValues() {
    return form.values;
  }

  @Override
  Optional<String> findProblem(int count, ExportMetadata metadata) {
    List<Integer> shape = metadata.keypointShape();
    if (!shape.isEmpty() && shape.get(shape.size() - 1) != form.values) {
      return Optional.of("the file's key points have the shape %s".formatted(shape));
    }
    return count % form.values == 0
        ? Optional.empty()
        : Optional.of("%d further values are not %s".formatted(count, furtherValues()));
  }

  /** Those that leave complete key points. */
  @Override
  public List<Integer> labelCounts(List<OutputTensor> outputs) {
    if (!hasCandidates(outputs)) {
      return List.of();
    }
    int rows = boxes(outputs).size(1) - BOX;
    return IntStream.rangeClosed(1, mostClasses(outputs))
        .filter(classes -> (rows - classes) % form.values == 0)
        .boxed()
        .toList();
  }

  @Override
  boolean haveFurtherValues(OutputSample sample) {
    return !scoresAndFurtherValues(sample).isProbability();
  }

  @Override
  public String expected(InputFormat input) {
    return "[B, 4+C+K*%1$d, N] or [B, N, 6+K*%1$d]".formatted(form.values);
  }

  @Override
  public GeometryKind geometry() {
    return GeometryKind.KEYPOINTS;
  }

  @Override
  HeadCandidates candidates(FurtherValues further, ImageOutputs outputs) {
    return new KeypointCandidates(further, form.values, name());
  }
}
