package org.seeql.udf.evaluate;

/**
 * How often a model says that an image shows a class, by whether it does. Shares of nothing are
 * NaN.
 *
 * @param truePositives images that show it, of which the model says so
 * @param falsePositives images that do not show it, of which the model says so
 * @param falseNegatives images that show it, of which the model does not say so
 * @param trueNegatives images that do not show it, of which the model does not say so
 */
public record PresenceCounts(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
  public static final PresenceCounts NONE = new PresenceCounts(0, 0, 0, 0);

  public PresenceCounts {
    if (truePositives < 0 || falsePositives < 0 || falseNegatives < 0 || trueNegatives < 0) {
      throw new IllegalArgumentException("a count is negative");
    }
  }

  public long images() {
    return shown() + falsePositives + trueNegatives;
  }

  /** Images that show it. */
  public long shown() {
    return truePositives + falseNegatives;
  }

  /** Share of the images that show it, of which the model says so. */
  public double truePositiveRate() {
    return truePositives / (double) shown();
  }

  /** Share of the images that do not show it, of which the model says so. */
  public double falsePositiveRate() {
    return falsePositives / (double) (falsePositives + trueNegatives);
  }

  /** Share of the images of which the model says so that do show it. */
  public double precision() {
    return truePositives / (double) (truePositives + falsePositives);
  }
}
