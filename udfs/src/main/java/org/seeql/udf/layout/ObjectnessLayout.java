package org.seeql.udf.layout;

/**
 * {@code [B, N, 5+C]}: each candidate is a row of four values of its box, its objectness and its
 * class probabilities.
 */
abstract class ObjectnessLayout extends GridLayout {
  private static final long serialVersionUID = 1;
  static final int OBJECTNESS = 4;
  static final int FIRST_CLASS = 5;

  @Override
  final int candidateAxis() {
    return 2;
  }

  @Override
  final int valuesBeforeClasses() {
    return FIRST_CLASS;
  }

  @Override
  final int firstScore() {
    return OBJECTNESS;
  }

  /** Whether each row is a candidate with more values than its box and objectness. */
  static boolean isTall(OutputTensor boxes) {
    return boxes.size(1) > boxes.size(2) && boxes.size(2) > FIRST_CLASS;
  }
}
