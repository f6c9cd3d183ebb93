package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

/**
 * One training of a model, as far as it is known without the database.
 *
 * @param run how the images are processed. Its model is the backbone; it has no target
 */
public record TrainPlan(InferencePlan run, TrainOptions options) implements StatementPlan {
  public TrainPlan {
    requireNonNull(run, "run is null");
    requireNonNull(options, "options is null");
  }

  @Override
  public TrainPlan withoutTarget() {
    return this;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitTrain(this);
  }
}
