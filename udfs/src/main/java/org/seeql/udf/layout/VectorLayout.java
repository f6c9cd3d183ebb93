package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Placement;

/** {@code [B, N]}: N values for each image. What they mean is decided by {@link VectorSample}. */
public abstract class VectorLayout extends OutputLayout {
  private static final long serialVersionUID = 1;
  private static final int AXES = 2;
  private static final int BOX_AXES = 3;
  private static final int EDGES = 4;

  /** The task of Ultralytics' classifiers. */
  private static final String CLASSIFY = "classify";

  VectorLayout() {}

  /** The tensor that contains the values of each image. */
  OutputTensor values(List<OutputTensor> outputs) {
    return tensor(outputs, AXES);
  }

  /** The scores of an image after the activation, by class id. */
  final float[] scores(ModelOutputs outputs, int image, Activation activation) {
    OutputTensor output = values(outputs.tensors());
    float[] scores = new float[output.size(1)];
    output.values().get(image * scores.length, scores);
    switch (activation) {
      case NONE -> ClassScores.check(scores);
      case SOFTMAX -> ClassScores.softmax(scores);
      case SIGMOID -> ClassScores.sigmoid(scores);
    }
    return scores;
  }

  /** The first tensor with one row of values for each image. */
  static Optional<OutputTensor> findVectors(List<OutputTensor> outputs) {
    return findTensor(outputs, AXES);
  }

  /** A tensor of boxes next to the values; then they are scores of boxes. */
  static Optional<OutputTensor> findBoxes(List<OutputTensor> outputs) {
    return findTensor(outputs, BOX_AXES).filter(tensor -> tensor.size(2) == EDGES);
  }

  /** A table of detections has one row for each detection, not for each image. */
  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findVectors(outputs)
        .filter(tensor -> tensor.size(0) == input.fixedBatch().orElse(1))
        .isPresent();
  }

  @Override
  public String expected(InputFormat input) {
    return "[B, C]";
  }

  @Override
  public OptionalInt classes(List<OutputTensor> outputs) {
    return OptionalInt.of(values(outputs).size(1));
  }

  @Override
  public int images(List<OutputTensor> outputs) {
    return findVectors(outputs).map(tensor -> tensor.size(0)).orElse(0);
  }

  @Override
  public OutputTensor scores(List<OutputTensor> outputs) {
    return values(outputs);
  }

  @Override
  ValueRange scoreRange(List<OutputTensor> outputs) {
    return ValueRange.of(values(outputs));
  }

  @Override
  public Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs) {
    return Optional.of(values(outputs));
  }

  @Override
  public InputFormat defaultInput(int width, int height, ExportMetadata metadata) {
    return InputFormat.rgb(width, height)
        .withPlacement(
            metadata.isOfUltralytics(CLASSIFY) ? Placement.CENTER_CROP : Placement.STRETCH);
  }

  @Override
  public Optional<String> normalizationEvidence(ExportMetadata metadata) {
    return metadata.normalizationEvidence(CLASSIFY);
  }
}
