package org.seeql.udf.evaluate;

/**
 * The confidence interval of a share that was counted: the Wilson score interval ("Probable
 * Inference, the Law of Succession, and Statistical Inference", 1927).
 *
 * @param low 0 to 1
 * @param high 0 to 1
 */
public record WilsonInterval(double low, double high) {
  /** The quantile of the standard normal distribution for two-sided 95 %. */
  private static final double Z = 1.959963984540054;

  /** The interval with a confidence of 95 %; 0 to 1 if nothing was counted. */
  public static WilsonInterval of(long successes, long trials) {
    if (trials == 0) {
      return new WilsonInterval(0, 1);
    }
    double share = successes / (double) trials;
    double square = Z * Z / trials;
    double centre = share + square / 2;
    double width = Z * Math.sqrt(share * (1 - share) / trials + square / (4 * trials));
    return new WilsonInterval(
        Math.max(0, (centre - width) / (1 + square)), Math.min(1, (centre + width) / (1 + square)));
  }

  /**
   * The interval of F1. F1 is not a share, but TP / (TP + FP + FN) is one and increases with F1.
   */
  public static WilsonInterval ofF1(PresenceCounts counts) {
    WilsonInterval shared =
        of(
            counts.truePositives(),
            counts.truePositives() + counts.falsePositives() + counts.falseNegatives());
    return new WilsonInterval(
        2 * shared.low() / (1 + shared.low()), 2 * shared.high() / (1 + shared.high()));
  }
}
