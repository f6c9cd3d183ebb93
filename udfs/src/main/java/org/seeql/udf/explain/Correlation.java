package org.seeql.udf.explain;

/** Pearson's correlation. */
final class Correlation {
  private Correlation() {}

  /** The correlation of two series, -1 to 1; 0 if one of them is constant. */
  static double of(double[] first, double[] second) {
    double meanFirst = mean(first);
    double meanSecond = mean(second);
    double product = 0;
    double squareFirst = 0;
    double squareSecond = 0;
    for (int i = 0; i < first.length; i++) {
      double a = first[i] - meanFirst;
      double b = second[i] - meanSecond;
      product += a * b;
      squareFirst += a * a;
      squareSecond += b * b;
    }
    double scale = Math.sqrt(squareFirst * squareSecond);
    return scale > 0 ? product / scale : 0;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
