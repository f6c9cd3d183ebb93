package org.seeql.planner.optimizer;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.seeql.planner.optimizer.Outcome.Proof;

/**
 * Greedily takes the most accurate model for each class that the cost bound still allows, without
 * backtracking.
 */
final class Baseline {
  // accuracies within this difference are equal
  private static final double EQUAL = 1e-12;

  private final Instance instance;
  private final Estimates estimates;
  private final Goal goal;

  Baseline(Instance instance, Estimates estimates, Goal goal) {
    this.instance = instance;
    this.estimates = estimates;
    this.goal = goal;
  }

  Outcome run() {
    Evaluated plan = find().orElseGet(this::whateverItCosts);
    if (!goal.keepsQuality(plan.quality())) {
      Map<Bound, Evaluated> best = new EnumMap<>(Bound.class);
      goal.qualityBounds().forEach(bound -> best.put(bound, plan));
      return new Outcome.OutOfQuality(best, Proof.PROVED);
    }
    if (!goal.keepsCost(plan.costMillis())) {
      return new Outcome.OutOfCost(plan.costMillis(), Proof.PROVED);
    }
    return new Outcome.Found(plan, new Optimality.Exact());
  }

  /** The greedy assignment, whatever its quality. */
  Optional<Evaluated> find() {
    return choose(goal).map(this::evaluate);
  }

  private Evaluated whateverItCosts() {
    return evaluate(choose(goal.with(Bounds.NONE)).orElseThrow());
  }

  private Evaluated evaluate(int[] chosen) {
    return new Evaluated(
        chosen, estimates.quality(chosen), estimates.cost(Strategy.BASELINE, chosen));
  }

  private Optional<int[]> choose(Goal within) {
    int[] assignment = new int[instance.variables()];
    boolean[] isChosen = new boolean[instance.models().size()];
    double spent = 0;
    for (int variable = 0; variable < assignment.length; variable++) {
      int best = -1;
      for (int model : instance.candidates(variable)) {
        boolean fits = isChosen[model] || within.keepsCost(spent + instance.cost(model));
        if (fits && (best < 0 || isBetter(model, best, variable))) {
          best = model;
        }
      }
      if (best < 0) {
        return Optional.empty();
      }
      spent += isChosen[best] ? 0 : instance.cost(best);
      isChosen[best] = true;
      assignment[variable] = best;
    }
    return Optional.of(Arrays.copyOf(assignment, assignment.length));
  }

  private boolean isBetter(int model, int other, int variable) {
    double gain = estimates.accuracy(model, variable) - estimates.accuracy(other, variable);
    if (Math.abs(gain) > EQUAL) {
      return gain > 0;
    }
    // model indices are in name order
    return instance.cost(model) < instance.cost(other);
  }
}
