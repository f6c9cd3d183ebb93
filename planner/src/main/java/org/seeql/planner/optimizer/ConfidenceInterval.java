package org.seeql.planner.optimizer;

import org.seeql.planner.model.PresenceSample;

/**
 * How far a share that was counted on a sample may be from that of all images: the score interval
 * of Wilson ("Probable Inference, the Law of Succession, and Statistical Inference", 1927), which
 * holds for few rows and for shares near 0 and 1 too.
 *
 * @param z how many standard deviations it goes to either side
 * @param rows of the sample; with weights the rows that would say as much (Kish, "Survey Sampling")
 */
record ConfidenceInterval(double z, double rows) {

  /**
   * That of a level.
   *
   * @param level 0 to 1, exclusive
   */
  static ConfidenceInterval of(double level, PresenceSample sample) {
    double sum = sample.weights().stream().mapToDouble(w -> w).sum();
    double squares = sample.weights().stream().mapToDouble(w -> w * w).sum();
    return new ConfidenceInterval(quantile((1 + level) / 2), sum * sum / squares);
  }

  /** The lower end for the measure that a bound is about; 1 where it is undefined. */
  double lowerEnd(Bound bound, Quality quality) {
    double tp = quality.truePositive();
    return switch (bound) {
      case MIN_ACCURACY -> lowerEnd(quality.accuracy(), 1);
      case MIN_PRECISION -> lowerEnd(tp, quality.returned());
      case MIN_RECALL -> lowerEnd(tp, quality.prevalence());
      case MIN_F1 -> {
        // F1 is no share, but TP / (TP + FP + FN) is, and says the same
        double shared = lowerEnd(tp, tp + quality.falsePositive() + quality.falseNegative());
        yield 2 * shared / (1 + shared);
      }
      case MAX_COST_MS -> throw new IllegalArgumentException("the cost is no share");
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

  /** Where the standard normal distribution has a share below; from 0.5 to 1, exclusive. */
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

  /** The share below x (Marsaglia, "Evaluating the Normal Distribution", 2004). */
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
