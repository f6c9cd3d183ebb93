package org.seeql.udf.layout;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.image.Placement;

/**
 * The output of the official exports of RT-DETR and D-FINE, which contain the postprocessor: {@code
 * labels} {@code [B, Q]} (class ids from 0), {@code boxes} {@code [B, Q, 4]} (x min, y min, x max,
 * y max) and {@code scores} {@code [B, Q]}. The model multiplies the boxes by its second input, the
 * size of the image. It is always 1 x 1, so that the boxes are fractions of the input, whichever of
 * width and height is first.
 *
 * @see <a
 *     href="https://github.com/lyuwenyu/RT-DETR/blob/main/rtdetrv2_pytorch/tools/export_onnx.py">The
 *     export of RT-DETR</a>
 */
final class DetrFinalLayout extends DetectorLayout {
  private static final long serialVersionUID = 1;
  private static final int BOX = 4;

  private record Tensors(OutputTensor labels, OutputTensor boxes, OutputTensor scores) {
    private boolean areConsistent() {
      List<Long> rows = scores.shape();
      return rows.size() == 2
          && labels.shape().equals(rows)
          && boxes.shape().equals(List.of(rows.get(0), rows.get(1), (long) BOX));
    }
  }

  @Override
  public String name() {
    return "detr_final";
  }

  private static Optional<Tensors> findTensors(List<OutputTensor> outputs) {
    Optional<OutputTensor> labels = find(outputs, "labels");
    Optional<OutputTensor> boxes = find(outputs, "boxes");
    Optional<OutputTensor> scores = find(outputs, "scores");
    return labels.isEmpty() || boxes.isEmpty() || scores.isEmpty()
        ? Optional.empty()
        : Optional.of(new Tensors(labels.get(), boxes.get(), scores.get()))
            .filter(Tensors::areConsistent);
  }

  private static Optional<OutputTensor> find(List<OutputTensor> outputs, String name) {
    return outputs.stream()
        .filter(tensor -> tensor.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  private static Tensors tensors(List<OutputTensor> outputs) {
    return findTensors(outputs)
        .orElseThrow(() -> new IllegalStateException("not labels, boxes and scores: " + outputs));
  }

  /** Without the second input, the unit of the boxes is not known. */
  @Override
  LayoutMatch match(OutputSample sample) {
    Optional<Tensors> found = findTensors(sample.outputs());
    if (found.isEmpty() || sample.imageSizes() == ImageSizes.NONE) {
      return LayoutMatch.nothing();
    }
    ValueRange scores = scoreRange(sample);
    if (!scores.isProbability()) {
      return LayoutMatch.excluded("its scores would be " + scores);
    }
    ValueRange coordinates =
        ValueRange.over(sample, outputs -> ValueRange.of(tensors(outputs).boxes));
    if (!DetrLayout.areFractions(coordinates)) {
      return LayoutMatch.excluded(
          "for an image of 1x1 the coordinates of its boxes would be " + coordinates);
    }
    return LayoutMatch.certain(
        "the outputs labels, boxes and scores for %d boxes, and the second input for the image's size"
            .formatted(found.get().boxes.size(1)));
  }

  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findTensors(outputs).isPresent();
  }

  @Override
  public String expected(InputFormat input) {
    return "labels [B, Q], boxes [B, Q, 4] and scores [B, Q]";
  }

  @Override
  public OptionalInt classes(List<OutputTensor> outputs) {
    return OptionalInt.empty();
  }

  @Override
  public int images(List<OutputTensor> outputs) {
    return findTensors(outputs).map(tensors -> tensors.scores.size(0)).orElse(0);
  }

  @Override
  public OutputTensor scores(List<OutputTensor> outputs) {
    return tensors(outputs).scores;
  }

  @Override
  ValueRange scoreRange(List<OutputTensor> outputs) {
    return ValueRange.of(tensors(outputs).scores);
  }

  @Override
  public Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs) {
    return Optional.empty();
  }

  @Override
  public InputFormat defaultInput(int width, int height, ExportMetadata metadata) {
    return InputFormat.rgb(width, height).withPlacement(Placement.STRETCH);
  }

  @Override
  public Optional<String> normalizationEvidence(ExportMetadata metadata) {
    return Optional.of("RT-DETR and D-FINE are trained with pixel values of 0 to 1");
  }

  @Override
  public DetectionDecoder decoder(List<String> labels, InputFormat input, Activation activation) {
    return new Decoder(labels, input);
  }

  private record Decoder(List<String> labels, InputFormat input) implements DetectionDecoder {
    @Override
    public List<Detection> decode(
        ModelOutputs outputs, int image, Letterbox letterbox, Thresholds thresholds) {
      Tensors tensors = tensors(outputs.tensors());
      int queries = tensors.boxes.size(1);
      float[] box = new float[BOX];
      Candidates candidates = new Candidates();
      for (int row = image * queries; row < (image + 1) * queries; row++) {
        float score = tensors.scores.values().get(row);
        if (score >= (float) thresholds.confidence()) {
          tensors.boxes.values().get(row * BOX, box);
          candidates.add(
              box[0] * input.width(),
              box[1] * input.height(),
              box[2] * input.width(),
              box[3] * input.height(),
              (int) tensors.labels.values().get(row),
              score);
        }
      }
      return candidates.best(thresholds, letterbox, labels);
    }
  }
}
