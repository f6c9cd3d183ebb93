package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Converts a choice to a tree of maps, lists, strings and numbers, for JSON. Pure. */
public final class ChoiceDocument {
  private ChoiceDocument() {}

  /**
   * The document of a choice; undefined values are null.
   *
   * @param planningMillis the time that the choice took; plans report it
   */
  public static Map<String, Object> toTree(Choice choice, double planningMillis) {
    return choice instanceof DecisionPlan plan
        ? ofPlan(plan, planningMillis)
        : ofRefusal((Refusal) choice);
  }

  private static Map<String, Object> ofPlan(DecisionPlan plan, double planningMillis) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("feasible", true);
    tree.put("strategy", plan.strategy().word());
    Map<String, Object> bounds = new LinkedHashMap<>();
    plan.bounds().values().forEach((bound, value) -> bounds.put(bound.word(), value));
    tree.put("bound", bounds);
    tree.put("maximize", plan.maximize().word());
    Map<String, Object> assignment = new LinkedHashMap<>();
    plan.assignment()
        .forEach(
            (name, models) -> assignment.put(name, models.size() == 1 ? models.get(0) : models));
    tree.put("assignment", assignment);
    tree.put("expected_cost_ms", plan.expectedCostMillis());
    tree.put("accuracy", plan.quality().accuracy());
    putNumber(tree, "precision", plan.quality().precision());
    putNumber(tree, "recall", plan.quality().recall());
    putNumber(tree, "f1", plan.quality().f1());
    tree.put("prevalence", plan.quality().prevalence());
    tree.put("exact", plan.optimality() instanceof Optimality.Exact);
    tree.put("gap", plan.gap());
    if (plan.optimality() instanceof Optimality.LowerBound lower) {
      tree.put("lower_bound_ms", lower.costMillis());
    } else if (plan.optimality() instanceof Optimality.UpperBound upper) {
      tree.put("upper_bound", upper.value());
    }
    tree.put("planning_ms", planningMillis);
    tree.put("root", step(plan.root()));
    tree.put("nodes", plan.nodes().stream().map(ChoiceDocument::node).toList());
    return tree;
  }

  private static Map<String, Object> node(DecisionNode node) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", node.id());
    tree.put("run", node.run());
    tree.put("answers", node.answers());
    tree.put("reach", node.reach());
    List<Object> next = new ArrayList<>();
    for (Branch branch : node.next()) {
      Map<String, Object> element = new LinkedHashMap<>();
      element.put("when", branch.when());
      element.putAll(step(branch.step()));
      next.add(element);
    }
    tree.put("next", next);
    return tree;
  }

  private static Map<String, Object> step(Step step) {
    return step instanceof Step.Then then
        ? Map.of("then", then.node())
        : Map.of("decide", ((Step.Decide) step).answer());
  }

  private static Map<String, Object> ofRefusal(Refusal refusal) {
    Map<String, Object> reason = new LinkedHashMap<>();
    reason.put("kind", refusal.kind().word());
    reason.put("message", refusal.message());
    if (!refusal.classes().isEmpty()) {
      reason.put("classes", refusal.classes());
    }
    if (!refusal.best().isEmpty()) {
      Map<String, Object> best = new LinkedHashMap<>();
      refusal.best().forEach((measure, value) -> putNumber(best, measure, value));
      reason.put("best", best);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("feasible", false);
    tree.put("strategy", refusal.strategy().word());
    tree.put("refusal", reason);
    return tree;
  }

  private static void putNumber(Map<String, Object> tree, String name, OptionalDouble value) {
    tree.put(name, value.isPresent() ? (Object) value.getAsDouble() : null);
  }
}
