package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;

/**
 * Three tensors per image: {@code boxes [N, 4]} (x min, y min, x max, y max in pixels of the
 * input), {@code labels [N]}, {@code scores [N]}. The model applies non-maximum suppression itself.
 */
final class TorchvisionLayout extends DetectorLayout {
  private static final long serialVersionUID = 1;
  private static final int TENSORS_PER_IMAGE = 3;

  @Override
  public String name() {
    return "torchvision";
  }

  /** Only triples of [N, 4], [N] and [N]. */
  @Override
  boolean isCertain(List<OutputTensor> outputs, InputFormat input) {
    return fits(outputs, input);
  }

  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    long images = outputs.stream().filter(TorchvisionLayout::isBoxes).count();
    long lists = outputs.stream().filter(tensor -> tensor.shape().size() == 1).count();
    return images > 0 && lists == 2 * images && outputs.size() == images + lists;
  }

  private static boolean isBoxes(OutputTensor tensor) {
    return tensor.shape().size() == 2 && tensor.size(1) == 4;
  }

  @Override
  public String expected(InputFormat input) {
    return "boxes [N, 4], labels [N] and scores [N]";
  }

  @Override
  public OptionalInt classes(List<OutputTensor> outputs) {
    return OptionalInt.empty();
  }

  @Override
  public int images(List<OutputTensor> outputs) {
    return outputs.size() % TENSORS_PER_IMAGE == 0 ? outputs.size() / TENSORS_PER_IMAGE : 0;
  }

  @Override
  public OutputTensor scores(List<OutputTensor> outputs) {
    return find(outputs.subList(0, TENSORS_PER_IMAGE), "scores", 2);
  }

  @Override
  public Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs) {
    return Optional.empty();
  }

  @Override
  public DetectionDecoder decoder(List<String> labels, InputFormat input) {
    return new Decoder(labels);
  }

  /** By name if the model has these names, otherwise by position. */
  private static OutputTensor find(List<OutputTensor> tensors, String name, int position) {
    return tensors.stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseGet(() -> tensors.get(position));
  }

  private record Decoder(List<String> labels) implements DetectionDecoder {
    @Override
    public List<Detection> decode(
        ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
      List<OutputTensor> tensors =
          outputs
              .tensors()
              .subList(image * TENSORS_PER_IMAGE, image * TENSORS_PER_IMAGE + TENSORS_PER_IMAGE);
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
  }
}
