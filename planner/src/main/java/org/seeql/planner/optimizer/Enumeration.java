package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.seeql.planner.optimizer.Outcome.Proof;

/** Looks at every assignment. */
final class Enumeration {
  /** More assignments are searched instead. */
  static final double MOST = 1e5;

  private final Instance instance;
  private final Estimates estimates;
  private final Strategy strategy;
  private final Goal goal;

  /** Those that may still be best, in the order of the names of their models. */
  private List<Evaluated> best = new ArrayList<>();

  private double bestValue = Double.POSITIVE_INFINITY;
  private double leastCost = Double.POSITIVE_INFINITY;
  private boolean isQualityReached;
  private final Map<Bound, Evaluated> bestQualities = new EnumMap<>(Bound.class);

  Enumeration(Instance instance, Estimates estimates, Strategy strategy, Goal goal) {
    this.instance = instance;
    this.estimates = estimates;
    this.strategy = strategy;
    this.goal = goal;
  }

  Outcome run() {
    int[] assignment = new int[instance.variables()];
    visit(assignment, 0);
    if (!isQualityReached) {
      return new Outcome.OutOfQuality(bestQualities, Proof.PROVED);
    }
    if (best.isEmpty()) {
      return new Outcome.OutOfCost(leastCost, Proof.PROVED);
    }
    return new Outcome.Found(choose(), new Optimality.Exact());
  }

  private void visit(int[] assignment, int place) {
    if (place == assignment.length) {
      look(assignment);
      return;
    }
    int variable = instance.sorted()[place];
    for (int model : instance.candidates(variable)) {
      assignment[variable] = model;
      visit(assignment, place + 1);
    }
  }

  private void look(int[] assignment) {
    Quality quality = estimates.quality(assignment);
    if (!goal.keepsQuality(quality)) {
      for (Bound bound : goal.qualityBounds()) {
        Evaluated known = bestQualities.get(bound);
        if (known == null || goal.value(bound, quality) > goal.value(bound, known.quality())) {
          bestQualities.put(bound, new Evaluated(assignment.clone(), quality, 0));
        }
      }
      return;
    }
    isQualityReached = true;
    double measured = -goal.measure(quality);
    if (!goal.isCost() && measured > bestValue + Goal.SLACK) {
      return;
    }
    double cost = estimates.cost(strategy, assignment);
    leastCost = Math.min(leastCost, cost);
    double value = goal.isCost() ? cost : measured;
    if (goal.keepsCost(cost) && value <= bestValue + tolerance(bestValue)) {
      best.add(new Evaluated(assignment.clone(), quality, cost));
      if (value < bestValue) {
        bestValue = value;
        drop();
      }
    }
  }

  /** Forgets those that are beyond what counts as equal. */
  private void drop() {
    double limit = bestValue + tolerance(bestValue);
    if (best.size() > 1 && value(best.get(0)) > limit) {
      best = new ArrayList<>(best.stream().filter(e -> value(e) <= limit).toList());
    }
  }

  private double value(Evaluated plan) {
    return goal.isCost() ? plan.costMillis() : -goal.measure(plan.quality());
  }

  private double tolerance(double value) {
    return goal.isCost() ? Goal.tolerance(value) : Goal.SLACK;
  }

  /** Of equals the better in the other respect, and of these the first by names. */
  private Evaluated choose() {
    double limit = bestValue + tolerance(bestValue);
    List<Evaluated> equals = best.stream().filter(e -> value(e) <= limit).toList();
    if (goal.isCost()) {
      double most = equals.stream().mapToDouble(e -> goal.measure(e.quality())).max().orElseThrow();
      return equals.stream()
          .filter(e -> goal.measure(e.quality()) >= most - Goal.SLACK)
          .findFirst()
          .orElseThrow();
    }
    double least = equals.stream().mapToDouble(Evaluated::costMillis).min().orElseThrow();
    return equals.stream()
        .filter(e -> e.costMillis() <= least + Goal.tolerance(least))
        .findFirst()
        .orElseThrow();
  }
}
