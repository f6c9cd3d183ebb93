package org.seeql.planner.optimizer;

import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * The confusion matrix of a plan, as shares of the images. The shares add up to 1.
 *
 * @param truePositive the predicate holds, and the plan answers yes
 * @param falsePositive the predicate does not hold, and the plan answers yes
 * @param falseNegative the predicate holds, and the plan answers no
 * @param trueNegative the predicate does not hold, and the plan answers no
 */
public record Quality(
    double truePositive, double falsePositive, double falseNegative, double trueNegative)
    implements Serializable {

  /** P(the answer is correct). */
  public double accuracy() {
    return truePositive + trueNegative;
  }

  /**
   * The share of the returned images for which the predicate holds; undefined if none is returned.
   */
  public OptionalDouble precision() {
    return ratio(truePositive, truePositive + falsePositive);
  }

  /**
   * The share of the images where the predicate holds that are returned; undefined if it never
   * holds.
   */
  public OptionalDouble recall() {
    return ratio(truePositive, truePositive + falseNegative);
  }

  /** The harmonic mean of precision and recall; undefined if no image is returned or should be. */
  public OptionalDouble f1() {
    return ratio(2 * truePositive, 2 * truePositive + falsePositive + falseNegative);
  }

  /** P(the predicate holds), independent of the plan. */
  public double prevalence() {
    return truePositive + falseNegative;
  }

  /** The share of the images for which the plan answers yes. */
  public double returned() {
    return truePositive + falsePositive;
  }

  /** The measure that a bound limits. */
  OptionalDouble find(Bound bound) {
    return switch (bound) {
      case MIN_ACCURACY -> OptionalDouble.of(accuracy());
      case MIN_PRECISION -> precision();
      case MIN_RECALL -> recall();
      case MIN_F1 -> f1();
      case MAX_COST_MS -> throw new IllegalArgumentException("the cost is not a quality measure");
    };
  }

  /** The measure that a bound limits; 1 if it is undefined, which satisfies any bound. */
  double of(Bound bound) {
    return find(bound).orElse(1);
  }

  /** The measure to maximize; an undefined F1 counts as 1. */
  double of(Measure measure) {
    return of(measure == Measure.ACCURACY ? Bound.MIN_ACCURACY : Bound.MIN_F1);
  }

  private static OptionalDouble ratio(double part, double whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
  }
}
