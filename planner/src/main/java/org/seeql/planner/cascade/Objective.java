package org.seeql.planner.cascade;

import java.util.Comparator;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;

/**
 * What the search looks for on the selection half. If quality has bounds: the least cost among
 * plans that satisfy them with a margin. Otherwise: the greatest quality within the cost bound. For
 * one thread.
 */
final class Objective {
  /** Costs, and measures, are equal within this tolerance. */
  private static final double SLACK = 1e-9;

  private final Bounds bounds;
  private final Measure maximize;
  private final double level;
  private final int rows;
  private final double errorsPerThreshold;

  private final Bound[] quality;

  /** The least number of successes plus 1, by bound and number of trials; 0 if not yet known. */
  private final int[][] least;

  private final double maxCost;

  /**
   * @param level with it, the binomial limits on the selection half must satisfy the bounds. A
   *     lower level is a greater margin; 0.5 is none
   * @param rows of the selection half
   * @param errorsPerThreshold the additional errors that are expected on other rows for each fitted
   *     threshold, see {@link Counts}
   */
  Objective(Bounds bounds, Measure maximize, double level, int rows, double errorsPerThreshold) {
    this.bounds = bounds;
    this.maximize = maximize;
    this.level = level;
    this.rows = rows;
    this.errorsPerThreshold = errorsPerThreshold;
    this.quality =
        bounds.values().keySet().stream().filter(Bound::isOfQuality).toArray(Bound[]::new);
    this.least = new int[quality.length][rows + 1];
    this.maxCost = bounds.find(Bound.MAX_COST_MS).orElse(Double.POSITIVE_INFINITY);
  }

  /** The same objective with quality bounds that are multiplied by a share. */
  Objective relaxed(double share) {
    Bounds lower = bounds;
    for (Bound bound : quality) {
      lower = lower.with(bound, share * bounds.find(bound).orElseThrow());
    }
    return new Objective(lower, maximize, level, rows, errorsPerThreshold);
  }

  boolean isCost() {
    return quality.length > 0;
  }

  double level() {
    return level;
  }

  /** The total relative number of missing successes over all quality bounds. */
  double shortfall(Counts counts) {
    double shortfall = 0;
    for (int i = 0; i < quality.length; i++) {
      int trials = counts.trials(quality[i]);
      double missing =
          leastSuccesses(i, trials)
              - counts.successes(quality[i])
              + errorsPerThreshold * counts.fitted();
      shortfall += missing <= 0 ? 0 : missing / (trials + 1.0);
    }
    return shortfall;
  }

  private int leastSuccesses(int index, int trials) {
    int known = least[index][trials];
    if (known == 0) {
      double share = Shares.ofMeasure(quality[index], bounds.find(quality[index]).orElseThrow());
      known = BinomialLimit.leastSuccesses(trials, level, share).orElse(trials + 1) + 1;
      least[index][trials] = known;
    }
    return known - 1;
  }

  /**
   * The level at which the limits on the selection half would satisfy the quality bounds, after the
   * errors of fitted thresholds. The lower, the safer.
   */
  double safety(Counts counts) {
    double level = 0;
    for (Bound bound : quality) {
      double share = Shares.ofMeasure(bound, bounds.find(bound).orElseThrow());
      double successes = counts.successes(bound) - errorsPerThreshold * counts.fitted();
      level = Math.max(level, BinomialLimit.level(successes, counts.trials(bound), share));
    }
    return level;
  }

  /** The relative excess over the cost bound. */
  double excess(double costMillis) {
    if (costMillis <= maxCost || costMillis <= maxCost + tolerance(maxCost)) {
      return 0;
    }
    return (costMillis - maxCost) / Math.max(maxCost, SLACK);
  }

  private static double tolerance(double cost) {
    return SLACK * Math.max(1, cost);
  }

  boolean isMet(Counts counts, double costMillis) {
    return shortfall(counts) == 0 && excess(costMillis) == 0;
  }

  boolean isBetter(Candidate a, Candidate b) {
    return order().compare(a, b) < 0;
  }

  /** The better plan is first. */
  Comparator<Candidate> order() {
    return (a, b) -> compare(a.counts(), a.costMillis(), b.counts(), b.costMillis());
  }

  /** Compares two plans: below 0 if the first is better. */
  int compare(Counts a, double costA, Counts b, double costB) {
    int byShortfall = Double.compare(shortfall(a), shortfall(b));
    if (byShortfall != 0) {
      return byShortfall;
    }
    int byExcess = Double.compare(excess(costA), excess(costB));
    if (byExcess != 0) {
      return byExcess;
    }
    boolean sameCost = Math.abs(costA - costB) <= tolerance(Math.min(costA, costB));
    int byCost = sameCost ? 0 : Double.compare(costA, costB);
    double more = b.of(maximize) - a.of(maximize);
    int byMeasure = Math.abs(more) <= SLACK ? 0 : Double.compare(more, 0);
    if (isCost()) {
      return byCost != 0 ? byCost : byMeasure;
    }
    return byMeasure != 0 ? byMeasure : byCost;
  }
}
