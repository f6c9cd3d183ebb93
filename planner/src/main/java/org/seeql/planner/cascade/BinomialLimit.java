package org.seeql.planner.cascade;

import java.util.OptionalInt;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * One-sided exact confidence limits for a share of successes (Clopper and Pearson, "The use of
 * confidence or fiducial limits illustrated in the case of the binomial", 1934).
 */
final class BinomialLimit {
  private static final double POWER = 0.8;
  private static final int MOST_TRIALS = 10_000_000;
  private static final int STEPS = 2_000;

  private BinomialLimit() {}

  /**
   * The lower limit: with a greater share of successes than this, at least so many successes have a
   * probability of at least the level. It is the quantile of Beta(successes, trials − successes +
   * 1) at the level, and 0 without a success.
   *
   * @param level the probability of error, 0 to 1, exclusive
   */
  static double lower(int successes, int trials, double level) {
    if (successes == 0) {
      return 0;
    }
    double low = 0;
    double high = 1;
    // until the two are neighbouring numbers
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return low;
      }
      if (reaches(successes, trials, level, middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  /** Whether the lower limit is at least a share. */
  static boolean reaches(int successes, int trials, double level, double share) {
    if (share <= 0) {
      return true;
    }
    if (successes == 0 || share >= 1) {
      return false;
    }
    return RegularizedBeta.value(share, successes, trials - successes + 1.0) <= level;
  }

  /** The level at which the lower limit is a share. The successes need not be a whole number. */
  static double level(double successes, int trials, double share) {
    if (share <= 0) {
      return 0;
    }
    if (successes <= 0 || share >= 1) {
      return 1;
    }
    return RegularizedBeta.value(share, successes, trials - successes + 1.0);
  }

  /** The least number of successes whose lower limit reaches a share; empty if none does. */
  static OptionalInt leastSuccesses(int trials, double level, double share) {
    if (!reaches(trials, trials, level, share)) {
      return OptionalInt.empty();
    }
    int low = -1;
    int high = trials;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (reaches(middle, trials, level, share)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return OptionalInt.of(high);
  }

  /**
   * The least number of trials with which the lower limit reaches a share with a probability of at
   * least 80 %.
   *
   * @param truth the true share of successes
   * @return empty if the truth is too close to the share, or below it
   */
  static OptionalInt trialsFor(double share, double truth, double level) {
    if (truth <= share) {
      return OptionalInt.empty();
    }
    // The power is not monotonic, so search through all numbers, and through some of the large
    // ones.
    int trials = 1;
    while (!hasPower(trials, share, truth, level)) {
      trials += Math.max(1, trials / STEPS);
      if (trials > MOST_TRIALS) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(trials);
  }

  private static boolean hasPower(int trials, double share, double truth, double level) {
    OptionalInt least = leastSuccesses(trials, level, share);
    return least.isPresent() && atLeast(least.getAsInt(), trials, truth) >= POWER;
  }

  /** The probability of at least so many successes. */
  private static double atLeast(int successes, int trials, double share) {
    if (successes == 0 || share >= 1) {
      return 1;
    }
    return RegularizedBeta.value(share, successes, trials - successes + 1.0);
  }
}
