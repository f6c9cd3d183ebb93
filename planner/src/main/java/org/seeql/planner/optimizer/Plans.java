package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seeql.planner.predicate.DecisionDiagram;

/** Converts the results of a search to plans. */
final class Plans {
  private Plans() {}

  /** The plan for a predicate that is constant, which needs no model. */
  static DecisionPlan decided(ChoiceProblem problem, Instance instance) {
    boolean answer = instance.function() == DecisionDiagram.TRUE;
    return new DecisionPlan(
        problem.strategy(),
        problem.bounds(),
        problem.maximize(),
        new TreeMap<>(),
        0,
        answer ? new Quality(1, 0, 0, 0) : new Quality(0, 0, 0, 1),
        new Optimality.Exact(),
        new Step.Decide(answer),
        List.of(),
        List.of());
  }

  static DecisionPlan of(
      ChoiceProblem problem, Instance instance, Estimates estimates, Outcome.Found found) {
    int[] models = found.plan().assignment();
    SortedMap<String, List<String>> assignment = new TreeMap<>();
    for (int variable = 0; variable < models.length; variable++) {
      String model = instance.models().get(models[variable]).name();
      assignment.put(instance.className(variable), List.of(model));
    }
    PlanGraph graph = estimates.graph(problem.strategy(), models);
    return new DecisionPlan(
        problem.strategy(),
        problem.bounds(),
        problem.maximize(),
        assignment,
        graph.costMillis(),
        found.plan().quality(),
        found.optimality(),
        graph.root(),
        graph.nodes(),
        warnings(problem.bounds(), found.plan().quality()));
  }

  /**
   * The plan for a contingent result. Its optimality is known only from the cost floor, or from an
   * accuracy of at most 1.
   */
  static DecisionPlan of(
      ChoiceProblem problem, ContingentPlans.Contingent found, double costFloor) {
    SortedMap<String, SortedSet<String>> asked = new TreeMap<>();
    for (DecisionNode node : found.graph().nodes()) {
      node.answers()
          .forEach((name, model) -> asked.computeIfAbsent(name, n -> new TreeSet<>()).add(model));
    }
    SortedMap<String, List<String>> assignment = new TreeMap<>();
    asked.forEach((name, models) -> assignment.put(name, List.copyOf(models)));
    return new DecisionPlan(
        problem.strategy(),
        problem.bounds(),
        problem.maximize(),
        assignment,
        found.graph().costMillis(),
        found.quality(),
        problem.bounds().haveQuality()
            ? Optimality.ofCost(found.graph().costMillis(), costFloor)
            : Optimality.ofQuality(found.quality().accuracy(), 1),
        found.graph().root(),
        found.graph().nodes(),
        warnings(problem.bounds(), found.quality()));
  }

  private static List<String> warnings(Bounds bounds, Quality quality) {
    List<String> warnings = new ArrayList<>();
    double constant = Math.max(quality.prevalence(), 1 - quality.prevalence());
    if (quality.accuracy() <= constant) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "The plan's accuracy %.4f is not higher than that of the constant answer '%s' (%.4f)%s",
              quality.accuracy(),
              quality.prevalence() > 0.5 ? "yes" : "no",
              constant,
              asksForMore(bounds) ? "" : "; use min_f1, or min_precision with min_recall"));
    }
    return warnings;
  }

  /** Whether the bounds already include one that a constant answer does not satisfy. */
  private static boolean asksForMore(Bounds bounds) {
    return bounds.find(Bound.MIN_F1).isPresent()
        || (bounds.find(Bound.MIN_PRECISION).isPresent()
            && bounds.find(Bound.MIN_RECALL).isPresent());
  }
}
