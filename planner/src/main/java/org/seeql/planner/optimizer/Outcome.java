package org.seeql.planner.optimizer;

import java.util.Map;

/** The result of a search for an assignment. */
sealed interface Outcome {

  record Found(Evaluated plan, Optimality optimality) implements Outcome {}

  /**
   * No assignment satisfies the quality bounds, whatever its cost.
   *
   * @param best the best assignment for each bound
   */
  record OutOfQuality(Map<Bound, Evaluated> best, Proof proof) implements Outcome {}

  /**
   * Some assignment satisfies the quality bounds, but none within the cost bound.
   *
   * @param leastCost of those that satisfy the quality bounds
   */
  record OutOfCost(double leastCost, Proof proof) implements Outcome {}

  /** Whether the result is proved, or the search only found no such assignment. */
  enum Proof {
    PROVED,
    NONE_FOUND
  }
}
