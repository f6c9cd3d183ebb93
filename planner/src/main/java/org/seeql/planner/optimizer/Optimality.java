package org.seeql.planner.optimizer;

import java.io.Serializable;

/** How good a plan is among all that its strategy could have chosen. */
public sealed interface Optimality extends Serializable {

  /** What a floor of all costs says of one. */
  static Optimality ofCost(double costMillis, double floor) {
    return costMillis <= floor + Goal.tolerance(floor)
        ? new Exact()
        : new LowerBound(Math.max(0, floor));
  }

  /** What a ceiling of all measures says of one. */
  static Optimality ofQuality(double measure, double ceiling) {
    return measure >= ceiling - Goal.SLACK ? new Exact() : new UpperBound(ceiling);
  }

  /** None is better: proved. */
  record Exact() implements Optimality {}

  /** The least cost is sought, and none costs less than this. */
  record LowerBound(double costMillis) implements Optimality {}

  /** The greatest quality is sought, and none is above this. */
  record UpperBound(double value) implements Optimality {}
}
