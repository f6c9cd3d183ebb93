package org.seeql.planner.optimizer;

import java.io.Serializable;

/** How close a plan is to the best plan of its strategy. */
public sealed interface Optimality extends Serializable {

  /** The optimality of a cost, given a lower bound on all costs. */
  static Optimality ofCost(double costMillis, double floor) {
    return costMillis <= floor + Goal.tolerance(floor)
        ? new Exact()
        : new LowerBound(Math.max(0, floor));
  }

  /** The optimality of a measure, given an upper bound on all measures. */
  static Optimality ofQuality(double measure, double ceiling) {
    return measure >= ceiling - Goal.SLACK ? new Exact() : new UpperBound(ceiling);
  }

  /** Proved optimal. */
  record Exact() implements Optimality {}

  /** The goal is the least cost, and no plan costs less than this. */
  record LowerBound(double costMillis) implements Optimality {}

  /** The goal is the greatest quality, and no plan exceeds this. */
  record UpperBound(double value) implements Optimality {}
}
