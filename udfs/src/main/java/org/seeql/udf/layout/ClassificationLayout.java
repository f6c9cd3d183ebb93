package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Placement;

/** {@code [B, C]}: a probability or a logit per class. */
public final class ClassificationLayout extends OutputLayout {
  private static final long serialVersionUID = 1;
  private static final int AXES = 2;
  private static final double SUM_TOLERANCE = 1e-2;
  private static final List<Integer> USUAL_SIDES =
      List.of(224, 256, 299, 384, 320, 512, 160, 128, 96, 64, 32, 28, 640);

  ClassificationLayout() {}

  @Override
  public String name() {
    return "classification";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.classifier(this);
  }

  /** A decoder for the outputs of a model. */
  public ClassificationDecoder decoder(List<String> labels, Activation activation) {
    return new ClassificationDecoder(this, labels, activation);
  }

  OutputTensor logits(List<OutputTensor> outputs) {
    return tensor(outputs, AXES);
  }

  @Override
  boolean isCertain(List<OutputTensor> outputs, InputFormat input) {
    return outputs.size() == 1 && fits(outputs, input);
  }

  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findTensor(outputs, AXES).isPresent();
  }

  @Override
  public String expected(InputFormat input) {
    return "[B, C]";
  }

  @Override
  public OptionalInt classes(List<OutputTensor> outputs) {
    return OptionalInt.of(logits(outputs).size(1));
  }

  @Override
  public int images(List<OutputTensor> outputs) {
    return findTensor(outputs, AXES).map(tensor -> tensor.size(0)).orElse(0);
  }

  @Override
  public OutputTensor scores(List<OutputTensor> outputs) {
    return logits(outputs);
  }

  @Override
  public Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs) {
    return Optional.of(logits(outputs));
  }

  @Override
  public InputFormat defaultInput(int width, int height) {
    return InputFormat.rgb(width, height).withPlacement(Placement.STRETCH);
  }

  @Override
  public List<Integer> usualSides() {
    return USUAL_SIDES;
  }

  @Override
  public boolean hasUsualLabels() {
    return false;
  }

  @Override
  public Activation activation(Optional<Activation> requested, List<OutputTensor> outputs) {
    return requested.orElseGet(() -> activation(outputs));
  }

  /** Probabilities are between 0 and 1 and sum to 1; other values are logits. */
  private Activation activation(List<OutputTensor> outputs) {
    OutputTensor scores = logits(outputs);
    double sum = 0;
    for (int c = 0; c < scores.size(1); c++) {
      float score = scores.values().get(c);
      if (!(score >= 0 && score <= 1)) {
        return Activation.SOFTMAX;
      }
      sum += score;
    }
    return Math.abs(sum - 1) < SUM_TOLERANCE ? Activation.NONE : Activation.SOFTMAX;
  }
}
