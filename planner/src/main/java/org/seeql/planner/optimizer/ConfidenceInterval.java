package org.seeql.planner.optimizer;

import org.seeql.planner.model.PresenceSample;

/**
 * The confidence interval of a share that was counted on a sample: the Wilson score interval
 * ("Probable Inference, the Law of Succession, and Statistical Inference", 1927). It is also valid
 * for few rows and for shares near 0 and 1.
 *
 * @param z half the width, in standard deviations
 * @param rows of the sample; with weights, the effective sample size (Kish, "Survey Sampling")
 */
record ConfidenceInterval(double z, double rows) {

  /**
   * The interval of a confidence level.
   *
   * @param level 0 to 1, exclusive
   */
  static ConfidenceInterval of(double level, PresenceSample sample) {
    double sum = sample.weights().stream().mapToDouble(w -> w).sum();
    double squares = sample.weights().stream().mapToDouble(w -> w * w).sum();
    return new ConfidenceInterval(quantile((1 + level) / 2), sum * sum / squares);
  }

  /** The lower end for the measure of a bound; 1 if the measure is undefined. */
  double lowerEnd(Bound bound, Quality quality) {
    double tp = quality.truePositive();
    return switch (bound) {
      case MIN_ACCURACY -> lowerEnd(quality.accuracy(), 1);
      case MIN_PRECISION -> lowerEnd(tp, quality.returned());
      case MIN_RECALL -> lowerEnd(tp, quality.prevalence());
      case MIN_F1 -> {
        // F1 is not a share, but TP / (TP + FP + FN) is one and increases with F1
        double shared = lowerEnd(tp, tp + quality.falsePositive() + quality.falseNegative());
        yield 2 * shared / (1 + shared);
      }
      case MAX_COST_MS -> throw new IllegalArgumentException("the cost is not a fraction");
    };
  }

  private double lowerEnd(double part, double whole) {
    double n = rows * whole;
    if (n == 0) {
      return 1;
    }
    double share = part / whole;
    double square = z * z / n;
    double centre = share + square / 2;
    double width = z * Math.sqrt(Math.max(0, share * (1 - share)) / n + square / (4 * n));
    return Math.max(0, (centre - width) / (1 + square));
  }

  /** The quantile of the standard normal distribution for a share from 0.5 to 1, exclusive. */
  static double quantile(double share) {
    double low = 0;
    double high = 8.5;
    while (high - low > 1e-12) {
      double middle = (low + high) / 2;
      if (below(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The standard normal distribution function (Marsaglia, "Evaluating the Normal Distribution",
   * 2004).
   */
  private static double below(double x) {
    double sum = x;
    double term = x;
    for (int i = 3; term > 1e-17 * sum; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
