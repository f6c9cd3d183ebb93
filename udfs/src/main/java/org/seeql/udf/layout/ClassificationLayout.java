package org.seeql.udf.layout;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code [B, C]}: a probability or a logit per class. The classes exclude each other. */
public final class ClassificationLayout extends VectorLayout {
  private static final long serialVersionUID = 1;

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
    int classes = values(outputs).size(1);
    Optional<OutputTensor> boxes = findBoxes(outputs);
    if (boxes.isPresent()) {
      return LayoutMatch.excluded("the output " + boxes.get() + " contains boxes");
    }
    if (!metadata.names().isEmpty() && metadata.names().size() != classes) {
      return LayoutMatch.excluded(
          "the file names %d classes, but the output has %d"
              .formatted(metadata.names().size(), classes));
    }
    VectorSample vectors = VectorSample.of(sample, this);
    if (metadata.is(TASK)) {
      String evidence =
          "the file's task is classify, with one value for each of %d classes".formatted(classes);
      return vectors.isOnlyOutput()
          ? LayoutMatch.certain(evidence)
          : LayoutMatch.possible(evidence);
    }
    return match(vectors, scoreRange(sample).isProbability());
  }

  private static LayoutMatch match(VectorSample vectors, boolean probabilities) {
    int classes = vectors.size();
    if (classes == 1) {
      return LayoutMatch.excluded("it has one value, but a choice needs two classes");
    }
    if (vectors.activation().equals(Optional.of(Activation.SIGMOID))) {
      return LayoutMatch.excluded("activation is sigmoid, for independent classes");
    }
    if (probabilities && vectors.cannotSumToOne()) {
      return LayoutMatch.excluded(
          "the scores of an image sum to %s, not to 1".formatted(vectors.sums()));
    }
    if (vectors.isOnlyOutput() && probabilities && vectors.sumsToOne()) {
      return LayoutMatch.certain("the scores of each image sum to 1");
    }
    if (vectors.isOnlyOutput() && vectors.activation().equals(Optional.of(Activation.SOFTMAX))) {
      return LayoutMatch.certain("activation is softmax, for classes that exclude each other");
    }
    return LayoutMatch.possible(
        "one value for each of %d classes, if an image has exactly one class".formatted(classes));
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
