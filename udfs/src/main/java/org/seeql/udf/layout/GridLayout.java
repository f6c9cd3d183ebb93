package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A layout of one tensor with three axes, one of which enumerates the candidate boxes. */
abstract class GridLayout extends DetectorLayout {
  private static final long serialVersionUID = 1;
  private static final int AXES = 3;

  /** The axis with the coordinates and scores of a candidate. */
  abstract int candidateAxis();

  /** The number of values of a candidate before its class scores. */
  abstract int valuesBeforeClasses();

  final OutputTensor boxes(List<OutputTensor> outputs) {
    return tensor(outputs, AXES);
  }

  static Optional<OutputTensor> findBoxes(List<OutputTensor> outputs) {
    return findTensor(outputs, AXES);
  }

  @Override
  public final OptionalInt classes(List<OutputTensor> outputs) {
    return OptionalInt.of(boxes(outputs).size(candidateAxis()) - valuesBeforeClasses());
  }

  @Override
  public final int images(List<OutputTensor> outputs) {
    return findBoxes(outputs).map(tensor -> tensor.size(0)).orElse(0);
  }

  @Override
  public final OutputTensor scores(List<OutputTensor> outputs) {
    return boxes(outputs);
  }

  @Override
  public final Optional<OutputTensor> onlyTensor(List<OutputTensor> outputs) {
    return Optional.of(boxes(outputs));
  }
}
