package org.seeql.udf.layout;

import java.util.Optional;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Placement;

/**
 * The output of TensorFlow's object detection API: {@code detection_boxes} (y min, x min, y max, x
 * max as fractions of the input), {@code detection_scores}, {@code detection_classes} (from 1; 0 is
 * the background) and {@code num_detections}.
 *
 * @see <a
 *     href="https://github.com/tensorflow/models/blob/master/research/object_detection/core/standard_fields.py">The
 *     names of TensorFlow's object detection API</a>
 */
final class SsdLayout extends CountedBoxesLayout {
  private static final long serialVersionUID = 1;
  private static final Names NAMES =
      new Names(
          "detection_boxes", "detection_scores", "detection_classes", "num_detections", false);

  @Override
  public String name() {
    return "ssd";
  }

  @Override
  Names names() {
    return NAMES;
  }

  @Override
  String form() {
    return "y min, x min, y max, x max in fractions of the input, class ids from 1";
  }

  @Override
  void add(Candidates candidates, float[] box, InputFormat input, int classId, float score) {
    candidates.add(
        box[1] * input.width(),
        box[0] * input.height(),
        box[3] * input.width(),
        box[2] * input.height(),
        classId,
        score);
  }

  @Override
  public InputFormat defaultInput(int width, int height, ExportMetadata metadata) {
    return super.defaultInput(width, height, metadata).withPlacement(Placement.STRETCH);
  }

  /** The usual input consists of bytes. The range of a float input depends on the export. */
  @Override
  public Optional<String> normalizationEvidence(ExportMetadata metadata) {
    return Optional.empty();
  }
}
