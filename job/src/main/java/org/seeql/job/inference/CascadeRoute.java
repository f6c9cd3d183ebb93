package org.seeql.job.inference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.planner.cascade.CascadeBranch;
import org.seeql.planner.cascade.CascadeNode;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.Rung;
import org.seeql.planner.cascade.Verdict;
import org.seeql.planner.optimizer.Step;
import org.seeql.udf.batch.Prediction;

/**
 * The route of one image through a cascade. At each node one model runs. Its scores, and those of
 * the models before, choose the branch.
 */
final class CascadeRoute extends PlanRoute {
  private final CascadePlan plan;

  /** The scores of the models that have run, by model and class. */
  private final Map<String, Map<String, Float>> scores = new HashMap<>();

  CascadeRoute(PlannedModels work, CascadePlan plan) {
    super(work);
    this.plan = plan;
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
  Optional<Step> step(int id, BoundModel model, Prediction prediction) {
    CascadeNode node = plan.nodes().get(id);
    scores.put(model.name(), model.scores(prediction));
    Map<String, Verdict> verdicts = new HashMap<>();
    node.reads().forEach((name, rung) -> verdicts.put(name, evaluate(name, rung)));
    List<CascadeBranch> fitting =
        node.next().stream().filter(branch -> fits(branch, verdicts)).toList();
    if (fitting.size() != 1) {
      throw new IllegalStateException(
          "%d branches of node %d match the verdicts %s"
              .formatted(fitting.size(), node.id(), verdicts));
    }
    return Optional.of(fitting.get(0).step());
  }

  private static boolean fits(CascadeBranch branch, Map<String, Verdict> verdicts) {
    return verdicts.entrySet().containsAll(branch.when().entrySet());
  }

  /** The verdict of the rungs from an index on whose models have run. */
  private Verdict evaluate(String className, int from) {
    List<Rung> ladder = plan.ladders().get(className);
    Verdict verdict = Verdict.UNSURE;
    for (int i = from; i < ladder.size() && verdict == Verdict.UNSURE; i++) {
      Rung rung = ladder.get(i);
      if (!scores.containsKey(rung.model())) {
        break;
      }
      float score = scores.get(rung.model()).get(className);
      verdict = rung.verdict(score);
      record(className, new DecidingAnswer(rung.model(), verdict.word(), score));
    }
    return verdict;
  }
}
