package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

/**
 * One TO EXPLAIN, as far as it is known without the database.
 *
 * @param run how images are processed without masks
 */
public record ExplanationPlan(InferencePlan run, ExplanationOptions options)
    implements StatementPlan {
  public ExplanationPlan {
    requireNonNull(run, "run is null");
    requireNonNull(options, "options is null");
  }

  @Override
  public ExplanationPlan withoutTarget() {
    return new ExplanationPlan(run.withoutTarget(), options);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitExplanation(this);
  }
}
