package org.seeql.udf.detect;

import java.util.List;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.model.ModelOutputs;
import org.seeql.udf.model.OutputTensor;

/**
 * Three tensors an image: {@code boxes [N, 4]} (x min, y min, x max, y max in pixels of the input),
 * {@code labels [N]}, {@code scores [N]}. The model has suppressed overlapping boxes itself.
 */
final class TorchvisionDecoder implements DetectionDecoder {
  private static final int TENSORS_AN_IMAGE = 3;

  private final List<String> labels;

  TorchvisionDecoder(List<String> labels) {
    this.labels = labels;
  }

  @Override
  public List<Detection> decode(
      ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
    List<OutputTensor> tensors =
        outputs
            .tensors()
            .subList(image * TENSORS_AN_IMAGE, image * TENSORS_AN_IMAGE + TENSORS_AN_IMAGE);
    OutputTensor boxes = find(tensors, "boxes", 0);
    OutputTensor classes = find(tensors, "labels", 1);
    OutputTensor scores = find(tensors, "scores", 2);
    Candidates candidates = new Candidates();
    float[] box = new float[4];
    for (int i = 0; i < scores.size(0); i++) {
      float score = scores.values().get(i);
      int classId = (int) classes.values().get(i);
      if (score >= (float) thresholds.confidence()) {
        boxes.values().get(i * box.length, box);
        candidates.add(box[0], box[1], box[2], box[3], classId, score);
      }
    }
    return candidates.best(thresholds, letterbox, labels);
  }

  /** By name where the model names its outputs so, else by place. */
  private static OutputTensor find(List<OutputTensor> tensors, String name, int place) {
    return tensors.stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseGet(() -> tensors.get(place));
  }
}
