package org.seeql.udf.explain;

/**
 * The saliency of one answer, accumulated mask by mask in two halves: {@code sum of w * M / sum of
 * M} at each cell of the map, with the weight w and the mask M. For one thread.
 *
 * <p>Masks are evaluated at the centres of the cells. There the result is exactly the definition,
 * so nothing has to be kept at the resolution of the image.
 */
final class SaliencySum {
  private static final int HALVES = 2;

  private final double[][] weighted = new double[HALVES][SaliencyMap.CELLS];
  private final double[][] shown = new double[HALVES][SaliencyMap.CELLS];

  /** Adds a mask, given by its values at the cells. */
  void add(int half, float[] mask, double weight) {
    double[] sums = weighted[half];
    double[] counts = shown[half];
    for (int i = 0; i < SaliencyMap.CELLS; i++) {
      sums[i] += weight * mask[i];
      counts[i] += mask[i];
    }
  }

  /** The saliency of all masks. */
  double[] values() {
    double[] values = new double[SaliencyMap.CELLS];
    for (int i = 0; i < values.length; i++) {
      values[i] = ratio(weighted[0][i] + weighted[1][i], shown[0][i] + shown[1][i]);
    }
    return values;
  }

  /**
   * How much the maps of both halves agree: Pearson's correlation, -1 to 1; 0 if one of them has no
   * differences.
   */
  double agreement() {
    return Correlation.of(half(0), half(1));
  }

  private double[] half(int half) {
    double[] values = new double[SaliencyMap.CELLS];
    for (int i = 0; i < values.length; i++) {
      values[i] = ratio(weighted[half][i], shown[half][i]);
    }
    return values;
  }

  private static double ratio(double sum, double count) {
    return count > 0 ? sum / count : 0;
  }
}
