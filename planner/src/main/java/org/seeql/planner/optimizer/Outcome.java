package org.seeql.planner.optimizer;

import java.util.Map;

/** What came of a search for an assignment. */
sealed interface Outcome {

  record Found(Evaluated plan, Optimality optimality) implements Outcome {}

  /**
   * The bounds of quality cannot be kept, whatever the cost.
   *
   * @param best an assignment that is best for each bound
   */
  record OutOfQuality(Map<Bound, Evaluated> best, Proof proof) implements Outcome {}

  /**
   * They can, but not within the cost.
   *
   * @param leastCost of those that keep the bounds of quality
   */
  record OutOfCost(double leastCost, Proof proof) implements Outcome {}

  /** Whether all was seen. */
  enum Proof {
    PROVED,
    NONE_FOUND
  }
}
