package org.seeql.job.find;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.database.RefusalException;
import org.seeql.database.StoredWord;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Branch;
import org.seeql.planner.optimizer.DecisionNode;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.Optimality;
import org.seeql.planner.optimizer.Quality;
import org.seeql.planner.optimizer.Step;
import org.seeql.planner.optimizer.Strategy;

/**
 * The JSON form of a plan. The plan can be restored from it without loss.
 *
 * @param quality shares of true and false positives, and of false and true negatives
 * @param optimality {@code exact}, or {@code lower} or {@code upper} for a bound
 * @param optimum the bound; 0 if the plan is exact
 */
record StoredPlan(
    Strategy strategy,
    Map<Bound, Double> bounds,
    Measure maximize,
    SortedMap<String, List<String>> assignment,
    double expectedCostMillis,
    List<Double> quality,
    String optimality,
    double optimum,
    StoredStep root,
    List<StoredNode> nodes,
    List<String> warnings) {

  record StoredNode(
      int id,
      List<String> run,
      SortedMap<String, String> answers,
      double costMillis,
      double reach,
      List<StoredBranch> next) {}

  record StoredBranch(SortedMap<String, Boolean> when, StoredStep step) {}

  /**
   * A step.
   *
   * @param to {@code node}, {@code found} or {@code dropped}
   * @param node the node; 0 for {@code found} and {@code dropped}
   */
  record StoredStep(String to, int node) {
    static StoredStep of(Step step) {
      if (step instanceof Step.Then then) {
        return new StoredStep("node", then.node());
      }
      return new StoredStep(((Step.Decide) step).answer() ? "found" : "dropped", 0);
    }

    Step toStep(String runId) {
      return StoredWord.ofRun(
          runId,
          "step of the plan",
          to,
          word ->
              switch (word) {
                case "node" -> new Step.Then(node);
                case "found" -> new Step.Decide(true);
                case "dropped" -> new Step.Decide(false);
                default -> throw new IllegalArgumentException(word);
              });
    }
  }

  static StoredPlan of(DecisionPlan plan) {
    Quality quality = plan.quality();
    String optimality = "exact";
    double optimum = 0;
    if (plan.optimality() instanceof Optimality.LowerBound lower) {
      optimality = "lower";
      optimum = lower.costMillis();
    } else if (plan.optimality() instanceof Optimality.UpperBound upper) {
      optimality = "upper";
      optimum = upper.value();
    }
    return new StoredPlan(
        plan.strategy(),
        plan.bounds().values(),
        plan.maximize(),
        plan.assignment(),
        plan.expectedCostMillis(),
        List.of(
            quality.truePositive(),
            quality.falsePositive(),
            quality.falseNegative(),
            quality.trueNegative()),
        optimality,
        optimum,
        StoredStep.of(plan.root()),
        plan.nodes().stream().map(StoredPlan::store).toList(),
        plan.warnings());
  }

  private static StoredNode store(DecisionNode node) {
    return new StoredNode(
        node.id(),
        node.run(),
        node.answers(),
        node.costMillis(),
        node.reach(),
        node.next().stream()
            .map(branch -> new StoredBranch(branch.when(), StoredStep.of(branch.step())))
            .toList());
  }

  /**
   * Restores the plan.
   *
   * @param runId the run, for the message
   * @throws RefusalException if a newer version has written it
   */
  DecisionPlan toPlan(String runId) {
    return new DecisionPlan(
        strategy,
        new Bounds(new TreeMap<>(bounds)),
        maximize,
        assignment,
        expectedCostMillis,
        new Quality(quality.get(0), quality.get(1), quality.get(2), quality.get(3)),
        StoredWord.ofRun(runId, "optimality of the plan", optimality, this::optimality),
        root.toStep(runId),
        nodes.stream().map(node -> restore(node, runId)).toList(),
        warnings);
  }

  private Optimality optimality(String word) {
    return switch (word) {
      case "exact" -> new Optimality.Exact();
      case "lower" -> new Optimality.LowerBound(optimum);
      case "upper" -> new Optimality.UpperBound(optimum);
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static DecisionNode restore(StoredNode node, String runId) {
    return new DecisionNode(
        node.id(),
        node.run(),
        node.answers(),
        node.costMillis(),
        node.reach(),
        node.next().stream()
            .map(branch -> new Branch(branch.when(), branch.step().toStep(runId)))
            .toList());
  }
}
