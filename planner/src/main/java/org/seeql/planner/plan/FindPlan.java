package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import org.seeql.planner.predicate.Predicate;

/**
 * One search for images, as far as it is known without the database, which stores the models.
 *
 * @param run how images are processed by the chosen models; it names none
 */
public record FindPlan(InferencePlan run, Predicate predicate, FindOptions options)
    implements StatementPlan {
  public FindPlan {
    requireNonNull(run, "run is null");
    requireNonNull(predicate, "predicate is null");
    requireNonNull(options, "options is null");
  }

  @Override
  public FindPlan withoutTarget() {
    return new FindPlan(run.withoutTarget(), predicate, options);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitFind(this);
  }
}
