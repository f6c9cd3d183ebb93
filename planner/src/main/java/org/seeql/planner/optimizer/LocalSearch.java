package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Searches for the best assignment when there are too many to evaluate all. Descends over {@link
 * Moves} on a score that penalizes missed bounds. The penalty increases while bounds are missed and
 * decreases while they are satisfied. Random kicks escape local optima. Deterministic: the search
 * ends after a fixed number of steps.
 */
final class LocalSearch {
  private static final int SEED = 4;
  private static final double RISE = 2;
  private static final double FALL = 0.6;

  private final Instance instance;
  private final Estimates estimates;
  private final Strategy strategy;
  private final Goal goal;
  private final Moves moves;
  private final SearchBudget work;
  private final SplittableRandom random = new SplittableRandom(SEED);

  private double fine;
  private double lowestFine;
  private Optional<Evaluated> best = Optional.empty();

  LocalSearch(
      Instance instance, Estimates estimates, Strategy strategy, Goal goal, SearchBudget work) {
    this.instance = instance;
    this.estimates = estimates;
    this.strategy = strategy;
    this.goal = goal;
    this.work = work;
    this.moves = new Moves(instance);
  }

  /**
   * The best assignment found that satisfies all bounds.
   *
   * @param starts at least one
   * @param steps of work to spend
   */
  Optional<Evaluated> run(List<int[]> starts, long steps) {
    long end = work.steps() + steps;
    List<Evaluated> evaluated = new ArrayList<>();
    double dearest = 0;
    for (int[] start : starts) {
      Evaluated plan = evaluate(start, estimates.quality(start));
      evaluated.add(plan);
      dearest = Math.max(dearest, plan.costMillis());
    }
    // cost goal: missing 0.01 of a measure costs 20% of the greatest cost; quality goal: missing a
    // share of the cost bound counts like the same loss of the measure
    fine = goal.isCost() ? 20 * Math.max(dearest, Goal.SLACK) : 1;
    lowestFine = fine / 50;
    for (Evaluated start : evaluated) {
      if (work.steps() < end || best.isEmpty()) {
        descend(start, end);
      }
    }
    Evaluated at = best.orElse(evaluated.get(0));
    while (work.steps() < end && !work.isLate()) {
      at = descend(kicked(at), end);
      fine = goal.keeps(at) ? Math.max(lowestFine, fine * FALL) : fine * RISE;
      if (random.nextInt(3) == 0) {
        at = best.orElse(at);
      }
    }
    return best;
  }

  private Evaluated evaluate(int[] assignment, Quality quality) {
    Evaluated plan = new Evaluated(assignment, quality, estimates.cost(strategy, assignment));
    if (goal.keeps(plan) && (best.isEmpty() || goal.compare(plan, best.get(), instance) < 0)) {
      best = Optional.of(plan);
    }
    return plan;
  }

  /** The score to minimize: the cost or the lack of the measure, plus penalties. */
  private double score(Quality quality, double cost) {
    double fines = fine * (goal.shortfall(quality) + goal.excess(cost));
    return goal.isCost() ? cost + fines : fines - goal.measure(quality) + 1e-6 * cost / (1 + cost);
  }

  private record Candidate(Evaluated guess, double score) {}

  private Evaluated descend(Evaluated start, long end) {
    Evaluated at = start;
    while (true) {
      double[] reach = estimates.reach(strategy, at.assignment());
      double here = score(at.quality(), at.costMillis());
      List<Candidate> candidates = new ArrayList<>();
      for (int[] assignment : moves.from(at.assignment())) {
        if (work.isLate()) {
          return at;
        }
        Quality quality = estimates.quality(assignment);
        double cost = moves.cost(assignment, reach);
        double score = score(quality, cost);
        if (score < here + 0.1 * Math.abs(here)) {
          candidates.add(new Candidate(new Evaluated(assignment, quality, cost), score));
        }
      }
      candidates.sort(Comparator.comparingDouble(Candidate::score));
      Optional<Evaluated> better = firstBetter(candidates, here, end);
      if (better.isEmpty()) {
        return at;
      }
      at = better.get();
    }
  }

  private Optional<Evaluated> firstBetter(List<Candidate> candidates, double here, long end) {
    int most = Math.min(candidates.size(), instance.variables() > 10 ? 16 : 32);
    for (Candidate candidate : candidates.subList(0, most)) {
      if (work.isLate() || work.steps() > end) {
        return Optional.empty();
      }
      Evaluated plan = evaluate(candidate.guess().assignment(), candidate.guess().quality());
      if (score(plan.quality(), plan.costMillis()) < here - 1e-12 * Math.max(1, Math.abs(here))) {
        return Optional.of(plan);
      }
    }
    return Optional.empty();
  }

  private Evaluated kicked(Evaluated plan) {
    int[] assignment = plan.assignment().clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int variable = random.nextInt(assignment.length);
      int[] models = instance.candidates(variable);
      int model = models[random.nextInt(models.length)];
      if (random.nextInt(2) == 0) {
        moves.takeAll(assignment, model);
      } else {
        assignment[variable] = model;
      }
    }
    return evaluate(assignment, estimates.quality(assignment));
  }
}
