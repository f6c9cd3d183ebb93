package org.seeql.job.inference;

import java.util.Optional;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.planner.optimizer.Step;
import org.seeql.udf.batch.Prediction;

/** The route of an image that the sample has answered: no model runs, and no file is read. */
final class SampledRoute extends PlanRoute {
  SampledRoute(PlannedModels work, SampledAnswers.Answered answered) {
    super(work, new Step.Decide(answered.isFound()));
    answered.evidence().forEach(this::record);
  }

  @Override
  boolean isOfPlan() {
    return false;
  }

  @Override
  String model(int node) {
    throw new IllegalStateException("the image is answered");
  }

  @Override
  Optional<Step> step(int node, BoundModel model, Prediction prediction) {
    throw new IllegalStateException("the image is answered");
  }
}
