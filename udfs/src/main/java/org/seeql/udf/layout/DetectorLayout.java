package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import org.seeql.udf.image.InputFormat;

/**
 * A layout of boxes with scores. Its decoder adds boxes in pixels of the model's input to {@link
 * Candidates}, whatever the unit of the tensor.
 */
public abstract class DetectorLayout extends OutputLayout {
  private static final long serialVersionUID = 1;

  /** The usual sides of square inputs in pixels; the most frequent first. */
  public static final List<Integer> USUAL_SIDES =
      List.of(640, 416, 320, 512, 300, 224, 256, 384, 448, 608, 800, 1024, 1280, 192, 160, 128, 96);

  DetectorLayout() {}

  /**
   * A decoder for the outputs of a model.
   *
   * @param labels the name of each class, by class id
   * @param input of the model
   */
  public abstract DetectionDecoder decoder(List<String> labels, InputFormat input);

  @Override
  public final <R> R accept(Visitor<R> visitor) {
    return visitor.detector(this);
  }

  @Override
  public final List<Integer> usualSides() {
    return USUAL_SIDES;
  }

  @Override
  public final boolean hasUsualLabels() {
    return true;
  }

  @Override
  public final Activation activation(Optional<Activation> requested, List<OutputTensor> outputs) {
    return Activation.NONE;
  }
}
