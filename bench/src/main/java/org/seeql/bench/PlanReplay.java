package org.seeql.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.seeql.planner.cascade.CascadeNode;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.Rung;
import org.seeql.planner.cascade.Verdict;
import org.seeql.planner.model.ScoreSample;
import org.seeql.planner.optimizer.DecisionNode;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.ModelPlan;
import org.seeql.planner.optimizer.Step;

/**
 * Sends the rows of a sample through a plan, as a run does with images.
 *
 * @param costMillis mean milliseconds per row, in models
 * @param f1 compared with the truth; NaN if no row satisfies the predicate and none was returned
 */
record PlanReplay(double costMillis, double f1) {

  /**
   * Replays a plan.
   *
   * @param confidences the score from which a model's answer is yes in plans without thresholds
   */
  static PlanReplay of(
      ModelPlan plan,
      RandomPredicate predicate,
      ScoreSample sample,
      Map<String, Double> costs,
      Map<String, Double> confidences) {
    double cost = 0;
    int both = 0;
    int returned = 0;
    int wanted = 0;
    for (int row = 0; row < sample.rows().size(); row++) {
      Row walk = new Row(sample, row, confidences);
      Step step = plan.root();
      while (step instanceof Step.Then then) {
        step =
            plan instanceof CascadePlan cascade
                ? walk.step(cascade, cascade.nodes().get(then.node()))
                : walk.step(((DecisionPlan) plan).nodes().get(then.node()));
      }
      boolean isFound = ((Step.Decide) step).answer();
      boolean isShown = predicate.holds(shown(sample, row));
      cost += walk.ran.stream().mapToDouble(costs::get).sum();
      both += isFound && isShown ? 1 : 0;
      returned += isFound ? 1 : 0;
      wanted += isShown ? 1 : 0;
    }
    return new PlanReplay(cost / sample.rows().size(), 2.0 * both / (returned + wanted));
  }

  static Set<String> shown(ScoreSample sample, int row) {
    Set<String> shown = new HashSet<>();
    for (int i = 0; i < sample.classes().size(); i++) {
      if (sample.rows().get(row).charAt(i) == '1') {
        shown.add(sample.classes().get(i));
      }
    }
    return shown;
  }

  private static final class Row {
    private final ScoreSample sample;
    private final int row;
    private final Map<String, Double> confidences;
    private final Set<String> ran = new HashSet<>();
    private final Set<String> answeredYes = new HashSet<>();

    Row(ScoreSample sample, int row, Map<String, Double> confidences) {
      this.sample = sample;
      this.row = row;
      this.confidences = confidences;
    }

    private double score(String model, String className) {
      return sample.find(model, className).orElseThrow()[row];
    }

    Step step(DecisionNode node) {
      ran.addAll(node.run());
      node.answers()
          .forEach(
              (className, model) -> {
                if (score(model, className) >= confidences.get(model)) {
                  answeredYes.add(className);
                }
              });
      return node.next().stream()
          .filter(
              branch ->
                  branch.when().entrySet().stream()
                      .allMatch(e -> answeredYes.contains(e.getKey()) == e.getValue()))
          .findFirst()
          .orElseThrow()
          .step();
    }

    Step step(CascadePlan plan, CascadeNode node) {
      ran.add(node.model());
      return node.next().stream()
          .filter(branch -> branch.when().entrySet().stream().allMatch(e -> fits(plan, node, e)))
          .findFirst()
          .orElseThrow()
          .step();
    }

    private boolean fits(CascadePlan plan, CascadeNode node, Map.Entry<String, Verdict> required) {
      SortedMap<String, Integer> reads = node.reads();
      List<Rung> ladder = plan.ladders().get(required.getKey());
      Verdict verdict = Verdict.UNSURE;
      for (int i = reads.get(required.getKey());
          verdict == Verdict.UNSURE && i < ladder.size() && ran.contains(ladder.get(i).model());
          i++) {
        verdict = ladder.get(i).verdict(score(ladder.get(i).model(), required.getKey()));
      }
      return verdict == required.getValue();
    }
  }
}
