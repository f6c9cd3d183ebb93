package org.seeql.udf.evaluate;

/**
 * The confusion matrix of a model for the presence of a class in images. Rates with a denominator
 * of 0 are NaN.
 *
 * @param truePositives images that show it, with the answer yes
 * @param falsePositives images that do not show it, with the answer yes
 * @param falseNegatives images that show it, with the answer no
 * @param trueNegatives images that do not show it, with the answer no
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

  /** Images that show the class. */
  public long shown() {
    return truePositives + falseNegatives;
  }

  /** Share of the images that show the class for which the answer is yes. */
  public double truePositiveRate() {
    return truePositives / (double) shown();
  }

  /** Share of the images that do not show the class for which the answer is yes. */
  public double falsePositiveRate() {
    return falsePositives / (double) (falsePositives + trueNegatives);
  }

  /** Harmonic mean of precision and true positive rate. */
  public double f1() {
    return 2 * truePositives / (double) (2 * truePositives + falsePositives + falseNegatives);
  }

  /** Share of the images with the answer yes that show the class. */
  public double precision() {
    return truePositives / (double) (truePositives + falsePositives);
  }
}
