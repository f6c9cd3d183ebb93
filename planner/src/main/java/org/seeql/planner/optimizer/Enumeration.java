package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.seeql.planner.optimizer.Outcome.Proof;

/** Evaluates every assignment, unless the timeout expires first. */
final class Enumeration {
  /** With more assignments, a search is used instead. */
  private static final double MAX_ASSIGNMENTS = 1e5;

  // about two seconds on one core
  private static final double MAX_STEPS = 1e9;

  private final Instance instance;
  private final Estimates estimates;
  private final Strategy strategy;
  private final Goal goal;
  private final SearchBudget work;

  /** The candidates that may still be best, in the order of the names of their models. */
  private List<Evaluated> best = new ArrayList<>();

  private double bestValue = Double.POSITIVE_INFINITY;
  private double leastCost = Double.POSITIVE_INFINITY;
  private boolean isQualityReached;
  private boolean isBegun;
  private boolean isCut;

  // the least floor among assignments whose cost is not exact
  private double leastFloor = Double.POSITIVE_INFINITY;
  private double mostMeasure = Double.NEGATIVE_INFINITY;

  private final Map<Bound, Evaluated> bestQualities = new EnumMap<>(Bound.class);

  Enumeration(
      Instance instance, Estimates estimates, Strategy strategy, Goal goal, SearchBudget work) {
    this.instance = instance;
    this.estimates = estimates;
    this.strategy = strategy;
    this.goal = goal;
    this.work = work;
  }

  /** Whether there are few enough assignments for the work that each takes. */
  static boolean isFeasible(Instance instance, Estimates estimates) {
    double assignments = instance.assignments();
    return assignments <= MAX_ASSIGNMENTS && assignments * estimates.steps() <= MAX_STEPS;
  }

  Outcome run() {
    int[] assignment = new int[instance.variables()];
    visit(assignment, 0);
    if (isCut && best.isEmpty()) {
      new Baseline(instance, estimates, goal).find().ifPresent(p -> look(p.assignment()));
    }
    if (!isQualityReached) {
      return new Outcome.OutOfQuality(bestQualities, isCut ? Proof.NONE_FOUND : Proof.PROVED);
    }
    if (best.isEmpty()) {
      boolean isOpen = isCut || goal.keepsCost(leastFloor);
      return new Outcome.OutOfCost(leastCost, isOpen ? Proof.NONE_FOUND : Proof.PROVED);
    }
    Evaluated plan = choose();
    return new Outcome.Found(plan, goal.isCost() ? ofCost(plan) : ofQuality(plan));
  }

  private Optimality ofCost(Evaluated plan) {
    double cost = plan.costMillis();
    double floor = isCut ? Search.floor(instance, estimates, strategy, work) : leastFloor;
    return Optimality.ofCost(cost, Math.min(cost, floor));
  }

  private Optimality ofQuality(Evaluated plan) {
    double measure = goal.measure(plan.quality());
    return Optimality.ofQuality(measure, isCut ? 1 : Math.max(measure, mostMeasure));
  }

  private void visit(int[] assignment, int place) {
    isCut = isCut || (isBegun && work.isLate());
    if (isCut) {
      return;
    }
    if (place == assignment.length) {
      isBegun = true;
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
    double floor = estimates.floor(strategy, assignment);
    boolean isTooExpensive = floor > leastCost + Goal.tolerance(leastCost);
    if (isTooExpensive && (goal.isCost() || !goal.keepsCost(floor))) {
      return;
    }
    double cost = estimates.cost(strategy, assignment);
    leastCost = Math.min(leastCost, cost);
    if (cost > floor + Goal.tolerance(floor) && !estimates.isExact(strategy, assignment)) {
      leastFloor = Math.min(leastFloor, floor);
      mostMeasure = goal.keepsCost(floor) ? Math.max(mostMeasure, -measured) : mostMeasure;
    }
    double value = goal.isCost() ? cost : measured;
    if (goal.keepsCost(cost) && value <= bestValue + tolerance(bestValue)) {
      best.add(new Evaluated(assignment.clone(), quality, cost));
      if (value < bestValue) {
        bestValue = value;
        drop();
      }
    }
  }

  /** Discards candidates that are worse than the best by more than the tolerance. */
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

  /** Among equal candidates, the better one in the secondary criterion, then the first by names. */
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
