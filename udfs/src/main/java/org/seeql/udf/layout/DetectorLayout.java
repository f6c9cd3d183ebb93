package org.seeql.udf.layout;

import java.util.List;
import org.seeql.udf.image.InputFormat;

/** A layout of boxes with scores. Coordinates are pixels of the model's input. */
public abstract class DetectorLayout extends OutputLayout {
  private static final long serialVersionUID = 1;

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
}
