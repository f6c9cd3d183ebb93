package org.seeql.planner.optimizer;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The models that answer a predicate, their order, and the images that each sees. The plan is a
 * table of nodes, and several nodes may lead to the same one. Ids are indices into the table. Every
 * node comes before its successors.
 *
 * @param assignment the models that answer each relevant class, in order; one, unless the plan asks
 *     different models in different branches
 * @param expectedCostMillis mean milliseconds per image, without decoding and loading
 * @param warnings sentences for the user; may be empty
 */
public record DecisionPlan(
    Strategy strategy,
    Bounds bounds,
    Measure maximize,
    SortedMap<String, List<String>> assignment,
    double expectedCostMillis,
    Quality quality,
    Optimality optimality,
    Step root,
    List<DecisionNode> nodes,
    List<String> warnings)
    implements Choice, ModelPlan {
  public DecisionPlan {
    requireNonNull(strategy, "strategy is null");
    requireNonNull(bounds, "bounds is null");
    requireNonNull(maximize, "maximize is null");
    assignment = Collections.unmodifiableSortedMap(new TreeMap<>(assignment));
    requireNonNull(quality, "quality is null");
    requireNonNull(optimality, "optimality is null");
    requireNonNull(root, "root is null");
    nodes = List.copyOf(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).id() != i) {
        throw new IllegalArgumentException("node " + nodes.get(i).id() + " is at index " + i);
      }
    }
    warnings = List.copyOf(warnings);
  }

  @Override
  public SortedSet<String> models() {
    SortedSet<String> models = new TreeSet<>();
    nodes.forEach(node -> models.addAll(node.run()));
    return models;
  }

  /**
   * An upper bound on the distance from the best plan: relative cost, or difference of the measure.
   */
  public double gap() {
    if (optimality instanceof Optimality.LowerBound lower) {
      return expectedCostMillis == 0
          ? 0
          : (expectedCostMillis - lower.costMillis()) / expectedCostMillis;
    }
    if (optimality instanceof Optimality.UpperBound upper) {
      return upper.value() - quality.of(maximize);
    }
    return 0;
  }

  @Override
  public int size() {
    return nodes.size();
  }

  @Override
  public List<PlanNode> outline() {
    return nodes.stream().map(DecisionPlan::outline).toList();
  }

  private static PlanNode outline(DecisionNode node) {
    List<PlanNode.Run> runs =
        node.run().stream()
            .map(
                model ->
                    new PlanNode.Run(
                        model,
                        node.answers().entrySet().stream()
                            .filter(answer -> answer.getValue().equals(model))
                            .map(Map.Entry::getKey)
                            .toList()))
            .toList();
    List<PlanNode.PlanBranch> next =
        node.next().stream()
            .map(
                branch ->
                    new PlanNode.PlanBranch(
                        branch.when().entrySet().stream()
                            .map(e -> (e.getValue() ? "" : "no ") + e.getKey())
                            .collect(Collectors.joining(", ")),
                        branch.step()))
            .toList();
    return new PlanNode(node.id(), runs, node.costMillis(), node.reach(), next);
  }

  @Override
  public String totals() {
    return PlanText.totals(this);
  }

  @Override
  public Map<String, Object> document(double planningMillis) {
    return ChoiceDocument.toTree(this, planningMillis);
  }
}
