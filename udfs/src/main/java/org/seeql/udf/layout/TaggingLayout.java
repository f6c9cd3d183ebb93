package org.seeql.udf.layout;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code [B, C]}: a probability or a logit per class. The classes are independent. */
public final class TaggingLayout extends VectorLayout {
  private static final long serialVersionUID = 1;

  /** The task in the metadata of a file. */
  private static final String TASK = "tag";

  TaggingLayout() {}

  @Override
  public String name() {
    return "tagging";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.tagger(this);
  }

  /** A decoder for the outputs of a model. */
  public TagDecoder decoder(List<String> labels, Activation activation) {
    return new TagDecoder(this, labels, activation);
  }

  @Override
  LayoutMatch match(OutputSample sample) {
    List<OutputTensor> outputs = sample.outputs();
    ExportMetadata metadata = sample.metadata();
    if (!fits(outputs, sample.input())
        || metadata.isOther(TASK)
        || findBoxes(outputs).isPresent()) {
      return LayoutMatch.nothing();
    }
    VectorSample vectors = VectorSample.of(sample, this);
    int classes = vectors.size();
    if (!metadata.names().isEmpty() && metadata.names().size() != classes) {
      return LayoutMatch.excluded(
          "the file names %d classes, but the output has %d"
              .formatted(metadata.names().size(), classes));
    }
    if (metadata.is(TASK)) {
      String evidence =
          "the file's task is tag, with one value for each of %d classes".formatted(classes);
      return vectors.isOnlyOutput()
          ? LayoutMatch.certain(evidence)
          : LayoutMatch.possible(evidence);
    }
    return match(vectors, scoreRange(sample).isProbability());
  }

  private static LayoutMatch match(VectorSample vectors, boolean probabilities) {
    if (vectors.activation().equals(Optional.of(Activation.SOFTMAX))) {
      return LayoutMatch.excluded("activation is softmax, for classes that exclude each other");
    }
    if (probabilities && vectors.sumsToOne()) {
      return LayoutMatch.excluded("the scores of each image sum to 1");
    }
    if (vectors.isOnlyOutput()) {
      if (vectors.activation().equals(Optional.of(Activation.SIGMOID))) {
        return LayoutMatch.certain("activation is sigmoid, for independent classes");
      }
      if (vectors.size() == 1 && vectors.namesClasses()) {
        return LayoutMatch.certain("one value for one class");
      }
      if (probabilities && vectors.cannotSumToOne() && vectors.namesClasses()) {
        return LayoutMatch.certain(
            "scores of 0 to 1 for %d classes, which sum to %s for an image"
                .formatted(vectors.size(), vectors.sums()));
      }
    }
    return LayoutMatch.possible(
        "one value for each of %d classes, if an image can have several or none"
            .formatted(vectors.size()));
  }

  @Override
  public Set<Activation> activations() {
    return EnumSet.of(Activation.NONE, Activation.SIGMOID);
  }

  @Override
  public String activationRule() {
    return "the classes of layout tagging are independent: none or sigmoid";
  }

  /** Values outside 0 to 1 are logits. */
  @Override
  public Activation activation(OutputSample sample, int classes) {
    return scoreRange(sample).isProbability() ? Activation.NONE : Activation.SIGMOID;
  }
}
