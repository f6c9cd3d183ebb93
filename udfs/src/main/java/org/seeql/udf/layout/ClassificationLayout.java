package org.seeql.udf.layout;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Placement;

/** {@code [B, C]}: a probability or a logit per class. */
public final class ClassificationLayout extends OutputLayout {
  private static final long serialVersionUID = 1;
  private static final int AXES = 2;

  /** The task of Ultralytics' metadata. */
  private static final String TASK = "classify";

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
  LayoutMatch match(OutputSample sample) {
    List<OutputTensor> outputs = sample.outputs();
    if (!fits(outputs, sample.input())) {
      return LayoutMatch.nothing();
    }
    ExportMetadata metadata = sample.metadata();
    if (metadata.isOther(TASK)) {
      return LayoutMatch.excluded("the file's task is " + metadata.task().orElseThrow());
    }
    int classes = logits(outputs).size(1);
    Optional<OutputTensor> boxes = findTensor(outputs, 3).filter(tensor -> tensor.size(2) == 4);
    if (boxes.isPresent()) {
      return LayoutMatch.excluded("the output " + boxes.get() + " contains boxes");
    }
    if (!metadata.names().isEmpty() && metadata.names().size() != classes) {
      return LayoutMatch.excluded(
          "the file names %d classes, but the output has %d"
              .formatted(metadata.names().size(), classes));
    }
    String evidence = "one value for each of %d classes".formatted(classes);
    return outputs.size() == 1 ? LayoutMatch.certain(evidence) : LayoutMatch.possible(evidence);
  }

  /** A table of detections has one row for each detection, not for each image. */
  @Override
  public boolean fits(List<OutputTensor> outputs, InputFormat input) {
    return findTensor(outputs, AXES)
        .filter(tensor -> tensor.size(0) == input.fixedBatch().orElse(1))
        .isPresent();
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
  ValueRange scoreRange(List<OutputTensor> outputs) {
    return ValueRange.of(logits(outputs));
  }

  @Override
  public Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs) {
    return Optional.of(logits(outputs));
  }

  @Override
  public InputFormat defaultInput(int width, int height, ExportMetadata metadata) {
    return InputFormat.rgb(width, height)
        .withPlacement(metadata.isOfUltralytics(TASK) ? Placement.CENTER_CROP : Placement.STRETCH);
  }

  @Override
  public Optional<String> normalizationEvidence(ExportMetadata metadata) {
    return metadata.normalizationEvidence(TASK);
  }

  @Override
  public Set<Activation> activations() {
    return EnumSet.allOf(Activation.class);
  }

  /**
   * Values outside 0 to 1 are logits. Values of 0 to 1 are probabilities, even if they do not sum
   * to 1: then the classes are independent. The softmax of a single class would always be 1.
   */
  @Override
  public Activation activation(OutputSample sample, int classes) {
    if (scoreRange(sample).isProbability()) {
      return Activation.NONE;
    }
    return classes == 1 ? Activation.SIGMOID : Activation.SOFTMAX;
  }
}
