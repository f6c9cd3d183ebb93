package org.seeql.planner.cascade;

import static java.util.Objects.requireNonNull;

import org.seeql.planner.optimizer.Refusal;

/** The result of a {@link CascadeProblem}. */
public sealed interface CascadeChoice permits CascadePlan, CascadeChoice.Refused {

  /** There is no certified plan, for a reason that the user can act on. */
  record Refused(Refusal refusal) implements CascadeChoice {
    public Refused {
      requireNonNull(refusal, "refusal is null");
    }
  }
}
