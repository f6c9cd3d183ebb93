package org.seeql.job.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.CascadeWalk;
import org.seeql.planner.cascade.RungTally;
import org.seeql.planner.cascade.Verdict;
import org.seeql.planner.optimizer.Step;
import org.seeql.udf.batch.Prediction;

/** The route of one image through a cascade. */
final class CascadeRoute extends PlanRoute {
  private final CascadePlan plan;
  private final CascadeWalk walk;
  private final List<Reading> readings = new ArrayList<>();

  /** A rung that was evaluated. */
  private record Reading(String className, int rung, float score, Verdict verdict) {}

  CascadeRoute(PlannedModels work, CascadePlan plan) {
    super(work);
    this.plan = plan;
    this.walk = new CascadeWalk(plan, this::read);
  }

  /** The thresholds apply to the scores of models that run alone. */
  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  String model(int node) {
    return plan.nodes().get(node).model();
  }

  @Override
  Optional<Step> step(int node, BoundModel model, Prediction prediction) {
    return Optional.of(walk.step(node, model.scores(prediction)));
  }

  private void read(String className, int rung, double score, Verdict verdict) {
    String model = plan.ladders().get(className).get(rung).model();
    record(className, new DecidingAnswer(model, verdict.word(), (float) score));
    readings.add(new Reading(className, rung, (float) score, verdict));
  }

  @Override
  void count(RungTally rungs) {
    readings.forEach(r -> rungs.read(r.className(), r.rung(), r.score(), r.verdict()));
  }
}
