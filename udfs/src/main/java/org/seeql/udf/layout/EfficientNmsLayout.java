package org.seeql.udf.layout;

import java.util.Optional;
import org.seeql.udf.image.InputFormat;

/**
 * The output of exports for TensorRT's EfficientNMS plugin: {@code num_dets}, {@code det_boxes} (x
 * min, y min, x max, y max in pixels of the input), {@code det_scores} and {@code det_classes}
 * (from 0). Detectors of many families are exported in this form.
 *
 * @see <a
 *     href="https://github.com/NVIDIA/TensorRT/tree/main/plugin/efficientNMSPlugin">EfficientNMS</a>
 */
final class EfficientNmsLayout extends CountedBoxesLayout {
  private static final long serialVersionUID = 1;
  private static final Names NAMES =
      new Names("det_boxes", "det_scores", "det_classes", "num_dets", true);

  @Override
  public String name() {
    return "efficient_nms";
  }

  @Override
  Names names() {
    return NAMES;
  }

  @Override
  String form() {
    return "x min, y min, x max, y max in pixels of the input, class ids from 0";
  }

  @Override
  void add(Candidates candidates, float[] box, InputFormat input, int classId, float score) {
    candidates.add(box[0], box[1], box[2], box[3], classId, score);
  }

  @Override
  public Optional<String> normalizationEvidence(ExportMetadata metadata) {
    return metadata.normalizationEvidence(TASK);
  }
}
