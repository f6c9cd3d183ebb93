package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seeql.udf.detect.GeometryKind;
import org.seeql.udf.image.InputFormat;

/**
 * A layout of boxes with scores. Its decoder adds boxes in pixels of the model's input to {@link
 * Candidates}, whatever the unit of the tensor.
 */
public abstract class DetectorLayout extends OutputLayout {
  private static final long serialVersionUID = 1;

  /** The task of Ultralytics' metadata. */
  static final String TASK = "detect";

  DetectorLayout() {}

  /**
   * A decoder for the outputs of a model.
   *
   * @param labels the name of each class, by class id
   * @param input of the model
   * @param activation of the scores
   */
  public abstract DetectionDecoder decoder(
      List<String> labels, InputFormat input, Activation activation);

  /** What the detections contain in addition to boxes. */
  public GeometryKind geometry() {
    return GeometryKind.NONE;
  }

  @Override
  public final <R> R accept(Visitor<R> visitor) {
    return visitor.detector(this);
  }

  @Override
  public Set<Activation> activations() {
    return Set.of(Activation.NONE);
  }

  @Override
  public Activation activation(OutputSample sample, int classes) {
    return Activation.NONE;
  }

  @Override
  public Optional<String> normalizationEvidence(ExportMetadata metadata) {
    return Optional.of("models with this layout are trained with pixel values of 0 to 1");
  }
}
