package org.seeql.planner.cascade;

import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.Quality;

/**
 * The confusion matrix of a plan on rows.
 *
 * @param fitted the thresholds that were fitted to these rows, beyond one per class
 */
record Counts(
    int truePositive, int falsePositive, int falseNegative, int trueNegative, int fitted) {

  Counts(int truePositive, int falsePositive, int falseNegative, int trueNegative) {
    this(truePositive, falsePositive, falseNegative, trueNegative, 0);
  }

  Counts withFitted(int thresholds) {
    return new Counts(truePositive, falsePositive, falseNegative, trueNegative, thresholds);
  }

  /** Compares answers with the truth. */
  static Counts of(long[] truth, long[] answers, int rows) {
    int both = 0;
    int shown = 0;
    int returned = 0;
    for (int i = 0; i < truth.length; i++) {
      both += Long.bitCount(truth[i] & answers[i]);
      shown += Long.bitCount(truth[i]);
      returned += Long.bitCount(answers[i]);
    }
    return new Counts(both, returned - both, shown - both, rows - shown - returned + both);
  }

  int rows() {
    return truePositive + falsePositive + falseNegative + trueNegative;
  }

  Quality quality() {
    double rows = rows();
    return new Quality(
        truePositive / rows, falsePositive / rows, falseNegative / rows, trueNegative / rows);
  }

  int successes(Bound bound) {
    return bound == Bound.MIN_ACCURACY ? truePositive + trueNegative : truePositive;
  }

  /** The rows of which the bounded measure is a share. */
  int trials(Bound bound) {
    return switch (bound) {
      case MIN_ACCURACY -> rows();
      case MIN_PRECISION -> truePositive + falsePositive;
      case MIN_RECALL -> truePositive + falseNegative;
      case MIN_F1 -> truePositive + falsePositive + falseNegative;
      case MAX_COST_MS -> throw new IllegalArgumentException("the cost is not a quality measure");
    };
  }

  /** The bounded measure; 0 if it is undefined. */
  double of(Bound bound) {
    int trials = trials(bound);
    return trials == 0 ? 0 : Shares.toMeasure(bound, successes(bound) / (double) trials);
  }

  /** The measure; an undefined F1 counts as 1. */
  double of(Measure measure) {
    if (measure == Measure.ACCURACY) {
      return (truePositive + trueNegative) / (double) rows();
    }
    int errors = falsePositive + falseNegative;
    int trials = 2 * truePositive + errors;
    return trials == 0 ? 1 : 2.0 * truePositive / trials;
  }
}
