package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

/**
 * One evaluation of a model, as far as it can be known without the database.
 *
 * @param run how the images are run through the model: it keeps detections of a far lower score
 *     than is asked for, since average precision looks at all; its target is the evaluation's
 */
public record EvaluationPlan(InferencePlan run, EvaluationOptions options) {
  public EvaluationPlan {
    requireNonNull(run, "run is null");
    requireNonNull(options, "options is null");
  }
}
