package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.seeql.planner.optimizer.ChoiceDocument;
import org.seeql.planner.optimizer.Quality;
import org.seeql.planner.optimizer.Step;
import org.seeql.planner.optimizer.Strategy;

/** Converts a cascade to a tree of maps, lists, strings and numbers, for JSON. Pure. */
public final class CascadeDocument {
  private CascadeDocument() {}

  /**
   * The document of a choice; undefined values are null.
   *
   * @param planningMillis the time that the choice took; plans report it
   */
  public static Map<String, Object> toTree(CascadeChoice choice, double planningMillis) {
    return choice instanceof CascadePlan plan
        ? ofPlan(plan, planningMillis)
        : ChoiceDocument.toTree(((CascadeChoice.Refused) choice).refusal(), planningMillis);
  }

  private static Map<String, Object> ofPlan(CascadePlan plan, double planningMillis) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("feasible", true);
    tree.put("strategy", Strategy.CASCADE.word());
    tree.put("confidence_level", plan.confidenceLevel());
    Map<String, Object> bounds = new LinkedHashMap<>();
    plan.bounds().values().forEach((bound, value) -> bounds.put(bound.word(), value));
    tree.put("bound", bounds);
    tree.put("maximize", plan.maximize().word());
    Map<String, Object> ladders = new LinkedHashMap<>();
    plan.ladders()
        .forEach(
            (name, rungs) -> ladders.put(name, rungs.stream().map(CascadeDocument::rung).toList()));
    tree.put("ladders", ladders);
    putFigures(tree, plan.certification());
    Map<String, Object> selection = new LinkedHashMap<>();
    putFigures(selection, plan.selection());
    tree.put("selection", selection);
    Map<String, Object> certified = new LinkedHashMap<>();
    plan.certified().forEach((bound, limit) -> certified.put(bound.measureWord(), limit(limit)));
    tree.put("certified", certified);
    tree.put("tests", plan.tests());
    tree.put("test_level", plan.testLevel());
    tree.put("planning_ms", planningMillis);
    tree.put("root", step(plan.root()));
    tree.put("nodes", plan.nodes().stream().map(CascadeDocument::node).toList());
    return tree;
  }

  private static Map<String, Object> rung(Rung rung) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("model", rung.model());
    tree.put("no_below", rung.noBelow());
    tree.put("yes_from", rung.yesFrom());
    return tree;
  }

  private static void putFigures(Map<String, Object> tree, Figures figures) {
    Quality quality = figures.quality();
    tree.put("expected_cost_ms", figures.expectedCostMillis());
    tree.put("accuracy", quality.accuracy());
    putNumber(tree, "precision", quality.precision());
    putNumber(tree, "recall", quality.recall());
    putNumber(tree, "f1", quality.f1());
    tree.put("prevalence", quality.prevalence());
  }

  private static Map<String, Object> limit(Limit limit) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("lower", limit.lower());
    tree.put("k", limit.successes());
    tree.put("n", limit.trials());
    return tree;
  }

  private static Map<String, Object> node(CascadeNode node) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", node.id());
    tree.put("run", List.of(node.model()));
    tree.put("reads", node.reads());
    tree.put("reach", node.reach());
    List<Object> next = new ArrayList<>();
    for (CascadeBranch branch : node.next()) {
      Map<String, Object> element = new LinkedHashMap<>();
      Map<String, Object> when = new LinkedHashMap<>();
      branch.when().forEach((name, verdict) -> when.put(name, verdict.word()));
      element.put("when", when);
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

  private static void putNumber(Map<String, Object> tree, String name, OptionalDouble value) {
    tree.put(name, value.isPresent() ? (Object) value.getAsDouble() : null);
  }
}
