package org.seeql.planner.optimizer;

import java.io.Serializable;

/** The next step for an image. */
public sealed interface Step extends Serializable {

  /** Continues at a node of the plan. */
  record Then(int node) implements Step {}

  /** Leaves the plan with an answer. */
  record Decide(boolean answer) implements Step {}
}
