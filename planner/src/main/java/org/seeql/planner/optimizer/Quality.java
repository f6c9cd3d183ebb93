package org.seeql.planner.optimizer;

import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * How often a plan is right, as shares of the images. They add up to 1.
 *
 * @param truePositive the predicate holds, and the plan says so
 * @param falsePositive it does not hold, and the plan says that it does
 * @param falseNegative it holds, and the plan says that it does not
 * @param trueNegative it does not hold, and the plan says so
 */
public record Quality(
    double truePositive, double falsePositive, double falseNegative, double trueNegative)
    implements Serializable {

  /** P(the answer is right). */
  public double accuracy() {
    return truePositive + trueNegative;
  }

  /** The share of the returned images that are right; undefined where none is returned. */
  public OptionalDouble precision() {
    return ratio(truePositive, truePositive + falsePositive);
  }

  /** The share of the wanted images that are returned; undefined where none is wanted. */
  public OptionalDouble recall() {
    return ratio(truePositive, truePositive + falseNegative);
  }

  /** The harmonic mean of precision and recall; undefined where none is wanted or returned. */
  public OptionalDouble f1() {
    return ratio(2 * truePositive, 2 * truePositive + falsePositive + falseNegative);
  }

  /** P(the predicate holds), whatever the plan. */
  public double prevalence() {
    return truePositive + falseNegative;
  }

  /** The share of the images for which the plan says yes. */
  public double returned() {
    return truePositive + falsePositive;
  }

  /** The measure that a bound is about. */
  OptionalDouble find(Bound bound) {
    return switch (bound) {
      case MIN_ACCURACY -> OptionalDouble.of(accuracy());
      case MIN_PRECISION -> precision();
      case MIN_RECALL -> recall();
      case MIN_F1 -> f1();
      case MAX_COST_MS -> throw new IllegalArgumentException("the cost is no measure of quality");
    };
  }

  /** The measure that a bound is about; 1 where it is undefined, which keeps any bound. */
  double of(Bound bound) {
    return find(bound).orElse(1);
  }

  /** What is maximised; an undefined F1 counts as 1. */
  double of(Measure measure) {
    return of(measure == Measure.ACCURACY ? Bound.MIN_ACCURACY : Bound.MIN_F1);
  }

  private static OptionalDouble ratio(double part, double whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
  }
}
