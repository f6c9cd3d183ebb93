package org.seeql.planner.optimizer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objective: which plans are allowed, and which of two plans is better. Immutable. */
final class Goal {
  /**
   * Tolerance for equality of measures, and of costs relative to the greater of themselves and 1.
   */
  static final double SLACK = 1e-9;

  private final Bounds bounds;
  private final Measure maximize;
  private final Optional<ConfidenceInterval> confidence;
  private final boolean isCost;

  private Goal(
      Bounds bounds, Measure maximize, Optional<ConfidenceInterval> confidence, boolean isCost) {
    this.bounds = bounds;
    this.maximize = maximize;
    this.confidence = confidence;
    this.isCost = isCost;
  }

  /** The least cost if quality has a bound, otherwise the greatest quality. */
  static Goal of(Bounds bounds, Measure maximize, Optional<ConfidenceInterval> confidence) {
    return new Goal(bounds, maximize, confidence, bounds.haveQuality());
  }

  Bounds bounds() {
    return bounds;
  }

  /** The same goal with other bounds. */
  Goal with(Bounds others) {
    return new Goal(others, maximize, confidence, isCost);
  }

  /** The least cost under the same cost bound among plans that reach a value of the measure. */
  Goal asGoodAs(double measure) {
    double least = Math.min(1, Math.max(0, measure));
    return new Goal(bounds.with(boundOfMeasure(), least), maximize, Optional.empty(), true);
  }

  /** The least cost without bounds. */
  Goal cheapest() {
    return new Goal(Bounds.NONE, maximize, confidence, true);
  }

  /** Whether the goal is the least cost; otherwise it is the greatest quality. */
  boolean isCost() {
    return isCost;
  }

  double measure(Quality quality) {
    return quality.of(maximize);
  }

  /** The bound that sets a minimum for the maximized measure. */
  Bound boundOfMeasure() {
    return maximize == Measure.ACCURACY ? Bound.MIN_ACCURACY : Bound.MIN_F1;
  }

  /** The value that a bound limits: the measure, or the lower end of its interval. */
  double value(Bound bound, Quality quality) {
    return confidence.isPresent() ? confidence.get().lowerEnd(bound, quality) : quality.of(bound);
  }

  /** Whether the bounds apply to the measures themselves, not to the ends of intervals. */
  boolean isPlain() {
    return confidence.isEmpty();
  }

  boolean keepsQuality(Quality quality) {
    return shortfall(quality) == 0;
  }

  /** The total shortfall over all quality bounds. */
  double shortfall(Quality quality) {
    double shortfall = 0;
    for (Map.Entry<Bound, Double> bound : bounds.values().entrySet()) {
      if (bound.getKey().isOfQuality()) {
        double missing = bound.getValue() - value(bound.getKey(), quality);
        shortfall += missing > SLACK ? missing : 0;
      }
    }
    return shortfall;
  }

  List<Bound> qualityBounds() {
    return bounds.values().keySet().stream().filter(Bound::isOfQuality).toList();
  }

  /** The relative excess over the cost bound. */
  double excess(double cost) {
    Double most = bounds.values().get(Bound.MAX_COST_MS);
    return most == null || cost <= most + tolerance(most)
        ? 0
        : (cost - most) / Math.max(most, SLACK);
  }

  boolean keepsCost(double cost) {
    return excess(cost) == 0;
  }

  boolean keeps(Evaluated plan) {
    return keepsQuality(plan.quality()) && keepsCost(plan.costMillis());
  }

  /** The difference up to which costs are equal. */
  static double tolerance(double cost) {
    return SLACK * Math.max(1, cost);
  }

  /** Compares two plans that satisfy all bounds: below 0 if the first is better. */
  int compare(Evaluated a, Evaluated b, Instance instance) {
    double cost = a.costMillis() - b.costMillis();
    double measure = measure(b.quality()) - measure(a.quality());
    boolean sameCost = Math.abs(cost) <= tolerance(Math.min(a.costMillis(), b.costMillis()));
    boolean sameMeasure = Math.abs(measure) <= SLACK;
    if (isCost() ? !sameCost : sameMeasure && !sameCost) {
      return Double.compare(cost, 0);
    }
    if (!sameMeasure) {
      return Double.compare(measure, 0);
    }
    return instance.compareNames(a.assignment(), b.assignment());
  }
}
