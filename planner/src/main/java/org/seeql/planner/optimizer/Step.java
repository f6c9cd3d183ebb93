package org.seeql.planner.optimizer;

import java.io.Serializable;

/** Where an image goes. */
public sealed interface Step extends Serializable {

  /** On to a node of the plan. */
  record Then(int node) implements Step {}

  /** Out of the plan, with the answer. */
  record Decide(boolean answer) implements Step {}
}
