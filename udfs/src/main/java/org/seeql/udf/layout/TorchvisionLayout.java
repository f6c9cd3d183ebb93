package org.seeql.udf.layout;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;

/**
 * Three tensors per image, in any order: {@code boxes [N, 4]} (x min, y min, x max, y max in pixels
 * of the input), {@code labels [N]}, {@code scores [N]}. The model applies non-maximum suppression
 * itself.
 */
final class TorchvisionLayout extends DetectorLayout {
  private static final long serialVersionUID = 1;
  private static final int TENSORS_PER_IMAGE = 3;
  private static final Set<String> LABELS = Set.of("labels", "label", "classes", "class_ids");
  private static final Set<String> SCORES = Set.of("scores", "score");

  /** The tensors of one image. */
  private record Triple(OutputTensor boxes, OutputTensor labels, OutputTensor scores) {}

  @Override
  public String name() {
    return "torchvision";
  }

  @Override
  LayoutMatch match(OutputSample sample) {
    List<OutputTensor> outputs = sample.outputs();
    if (!isTriples(outputs)) {
      return LayoutMatch.nothing();
    }
    return findTriple(outputs, 0)
        .map(
            triple ->
                LayoutMatch.certain(
                    "boxes %s, labels %s, scores %s"
                        .formatted(triple.boxes, triple.labels, triple.scores)))
        .orElseGet(
            () ->
                LayoutMatch.excluded(
                    "neither the names nor the types of its outputs show which are labels and which are scores"));
  }

  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return isTriples(outputs) && findTriple(outputs, 0).isPresent();
  }

  private static boolean isTriples(List<OutputTensor> outputs) {
    long images = outputs.stream().filter(TorchvisionLayout::isBoxes).count();
    long lists = outputs.stream().filter(tensor -> tensor.shape().size() == 1).count();
    return images > 0 && lists == 2 * images && outputs.size() == images + lists;
  }

  private static boolean isBoxes(OutputTensor tensor) {
    return tensor.shape().size() == 2 && tensor.size(1) == 4;
  }

  @Override
  public String expected(InputFormat input) {
    return "boxes [N, 4], labels [N] of integers and scores [N]";
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
    return triple(outputs, 0).scores;
  }

  @Override
  ValueRange scoreRange(List<OutputTensor> outputs) {
    return ValueRange.of(scores(outputs));
  }

  @Override
  public Optional<String> normalizationEvidence(ExportMetadata metadata) {
    return Optional.of("torchvision's detectors normalize pixel values of 0 to 1 themselves");
  }

  @Override
  public Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs) {
    return Optional.empty();
  }

  @Override
  public DetectionDecoder decoder(List<String> labels, InputFormat input, Activation activation) {
    return new Decoder(labels);
  }

  private static Triple triple(List<OutputTensor> outputs, int image) {
    return findTriple(outputs, image)
        .orElseThrow(() -> new IllegalStateException("not a triple: " + outputs));
  }

  /**
   * By shape and name; if the names say nothing, the integers are the labels. A model in
   * TorchScript has no names.
   */
  private static Optional<Triple> findTriple(List<OutputTensor> outputs, int image) {
    List<OutputTensor> three =
        outputs.subList(image * TENSORS_PER_IMAGE, (image + 1) * TENSORS_PER_IMAGE);
    Optional<OutputTensor> boxes = three.stream().filter(TorchvisionLayout::isBoxes).findFirst();
    List<OutputTensor> lists = three.stream().filter(tensor -> !isBoxes(tensor)).toList();
    if (boxes.isEmpty() || lists.size() != 2) {
      return Optional.empty();
    }
    OutputTensor first = lists.get(0);
    OutputTensor second = lists.get(1);
    if (areLabelsAndScores(first, second)) {
      return Optional.of(new Triple(boxes.get(), first, second));
    }
    if (areLabelsAndScores(second, first)) {
      return Optional.of(new Triple(boxes.get(), second, first));
    }
    return Optional.empty();
  }

  private static boolean areLabelsAndScores(OutputTensor labels, OutputTensor scores) {
    boolean named =
        LABELS.contains(labels.name().toLowerCase(Locale.ROOT))
            && SCORES.contains(scores.name().toLowerCase(Locale.ROOT));
    return named
        || (labels.numbers() == OutputTensor.Numbers.WHOLE
            && scores.numbers() == OutputTensor.Numbers.FRACTIONS);
  }

  private record Decoder(List<String> labels) implements DetectionDecoder {
    @Override
    public List<Detection> decode(
        ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
      Triple tensors = triple(outputs.tensors(), image);
      Candidates candidates = new Candidates();
      float[] box = new float[4];
      for (int i = 0; i < tensors.scores.size(0); i++) {
        float score = tensors.scores.values().get(i);
        int classId = (int) tensors.labels.values().get(i);
        if (score >= (float) thresholds.confidence()) {
          tensors.boxes.values().get(i * box.length, box);
          candidates.add(box[0], box[1], box[2], box[3], classId, score);
        }
      }
      return candidates.best(thresholds, letterbox, labels);
    }
  }
}
