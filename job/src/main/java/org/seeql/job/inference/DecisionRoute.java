package org.seeql.job.inference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.planner.optimizer.Branch;
import org.seeql.planner.optimizer.DecisionNode;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.Step;
import org.seeql.udf.batch.Prediction;

/**
 * The route of one image through a plan of yes and no answers. At each node the node's models run
 * one after another, and their answers choose the branch.
 */
final class DecisionRoute extends PlanRoute {
  private final DecisionPlan plan;
  private final Map<String, Boolean> shown = new HashMap<>();
  // Number of models of the current node that have answered
  private int asked;

  DecisionRoute(PlannedModels work, DecisionPlan plan) {
    super(work);
    this.plan = plan;
  }

  @Override
  String model(int node) {
    return plan.nodes().get(node).run().get(asked);
  }

  @Override
  Optional<Step> step(int id, BoundModel model, Prediction prediction) {
    DecisionNode node = plan.nodes().get(id);
    node.answers()
        .forEach(
            (className, by) -> {
              if (by.equals(model.name())) {
                record(className, model, model.answer(className, prediction));
              }
            });
    asked++;
    if (asked < node.run().size()) {
      return Optional.empty();
    }
    asked = 0;
    return Optional.of(branch(node).step());
  }

  private void record(String className, BoundModel model, BoundModel.Answer answer) {
    shown.put(className, answer.isShown());
    String word = answer.isShown() ? "yes" : "no";
    record(className, new DecidingAnswer(model.name(), word, answer.score()));
  }

  private Branch branch(DecisionNode node) {
    List<Branch> fitting = node.next().stream().filter(this::fits).toList();
    if (fitting.size() != 1) {
      throw new IllegalStateException(
          "%d branches of node %d match the answers %s"
              .formatted(fitting.size(), node.id(), shown));
    }
    return fitting.get(0);
  }

  private boolean fits(Branch branch) {
    return branch.when().entrySet().stream()
        .allMatch(when -> shown.get(when.getKey()).equals(when.getValue()));
  }
}
