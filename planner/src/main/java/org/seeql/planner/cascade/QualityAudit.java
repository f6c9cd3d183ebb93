package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;

/**
 * The answers of a plan on some random images, compared with those of other models, whose answers
 * count as the truth.
 *
 * @param truePositive images that both find
 * @param falsePositive images that only the plan finds
 * @param falseNegative images that only the other models find
 * @param trueNegative images that neither finds
 */
public record QualityAudit(
    int truePositive, int falsePositive, int falseNegative, int trueNegative) {
  public QualityAudit {
    if (truePositive < 0 || falsePositive < 0 || falseNegative < 0 || trueNegative < 0) {
      throw new IllegalArgumentException("a count is negative");
    }
  }

  /** The result of the test of a bound. */
  public enum Outcome {
    /** The lower limit reaches the bound: the test of a plan passes on these images. */
    HOLDS,
    /** The bound is between the limits. */
    UNDECIDED,
    /** The upper limit is below the bound. */
    VIOLATED,
    /** The measure has no bound. */
    UNBOUNDED;

    /** The keyword in tables and metrics. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The result for one measure.
   *
   * @param bound names the measure
   * @param required the bound; empty if the measure has none
   * @param successes of the trials
   * @param trials images on which the measure is defined
   * @param measured 0 to 1; 0 without trials
   * @param lower the lower confidence limit; 0 without trials
   * @param upper the upper confidence limit; 1 without trials. Each limit holds by itself with the
   *     confidence level
   */
  public record Finding(
      Bound bound,
      OptionalDouble required,
      int successes,
      int trials,
      double measured,
      double lower,
      double upper) {

    public Outcome outcome() {
      if (required.isEmpty()) {
        return Outcome.UNBOUNDED;
      }
      if (lower >= required.getAsDouble()) {
        return Outcome.HOLDS;
      }
      return upper < required.getAsDouble() ? Outcome.VIOLATED : Outcome.UNDECIDED;
    }
  }

  /** Number of compared images. */
  public int images() {
    return truePositive + falsePositive + falseNegative + trueNegative;
  }

  /**
   * The findings for the bounded measures of quality, or for all measures if none has a bound.
   *
   * @param confidenceLevel of each limit, 0 to 1, exclusive
   */
  public List<Finding> findings(Bounds bounds, double confidenceLevel) {
    List<Finding> findings = new ArrayList<>();
    for (Bound bound : Bound.values()) {
      if (bound.isOfQuality() && (!bounds.haveQuality() || bounds.find(bound).isPresent())) {
        findings.add(finding(bound, bounds.find(bound), 1 - confidenceLevel));
      }
    }
    return findings;
  }

  private Finding finding(Bound bound, OptionalDouble required, double level) {
    Counts counts = new Counts(truePositive, falsePositive, falseNegative, trueNegative);
    int successes = counts.successes(bound);
    int trials = counts.trials(bound);
    double lower = trials == 0 ? 0 : BinomialLimit.lower(successes, trials, level);
    // the upper limit of successes is the lower limit of failures
    double upper = trials == 0 ? 1 : 1 - BinomialLimit.lower(trials - successes, trials, level);
    return new Finding(
        bound,
        required,
        successes,
        trials,
        counts.of(bound),
        Shares.toMeasure(bound, lower),
        Shares.toMeasure(bound, upper));
  }
}
