package org.seeql.udf.explain;

/**
 * How the answer changes when the most important parts are shown or hidden first.
 *
 * @param insertion the mean weight while parts are added to an empty image; higher is better
 * @param deletion the mean weight while parts are removed from the image; lower is better
 */
public record Faithfulness(double insertion, double deletion) {
  /** The number of steps from an empty to a whole image. */
  static final int STEPS = 32;

  /**
   * The area under a curve of weights at equal distances, by the trapezoidal rule.
   *
   * @param weights at least two
   */
  static double area(double[] weights) {
    double sum = (weights[0] + weights[weights.length - 1]) / 2;
    for (int i = 1; i < weights.length - 1; i++) {
      sum += weights[i];
    }
    return sum / (weights.length - 1);
  }
}
