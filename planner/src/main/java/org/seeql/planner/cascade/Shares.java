package org.seeql.planner.cascade;

import org.seeql.planner.optimizer.Bound;

/**
 * Converts bounded measures to the shares of successes that {@link Counts} has. F1 is not a share.
 * TP / (TP + FP + FN) is one, and increases with it.
 */
final class Shares {
  private Shares() {}

  static double ofMeasure(Bound bound, double measure) {
    return bound == Bound.MIN_F1 ? measure / (2 - measure) : measure;
  }

  static double toMeasure(Bound bound, double share) {
    return bound == Bound.MIN_F1 ? 2 * share / (1 + share) : share;
  }
}
