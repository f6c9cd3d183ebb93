package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

/**
 * One evaluation of a model, as far as it is known without the database.
 *
 * @param run how images are processed. It keeps detections with scores far below the requested
 *     confidence, because average precision uses all; its target is the evaluation's
 */
public record EvaluationPlan(InferencePlan run, EvaluationOptions options)
    implements StatementPlan {
  public EvaluationPlan {
    requireNonNull(run, "run is null");
    requireNonNull(options, "options is null");
  }

  @Override
  public EvaluationPlan withoutTarget() {
    return new EvaluationPlan(run.withoutTarget(), options);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitEvaluation(this);
  }
}
