package org.seeql.planner.cascade;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;

/** A local search that changes the ladders of a plan. For one thread. */
final class PlanImprovement {
  static final int MAX_SWEEPS = 10;

  private static final double[] GROUP_ERRORS = {0.1, 0.3, 0.5, 0.7};
  private static final double SHORTFALL_WEIGHT = 10;

  /**
   * Classes times models times rows; up to this, the search makes detours. They take several times
   * as long as the rest of the search, about a second at this size.
   */
  private static final long DETOUR_SIZE = 2_500;

  private final CandidateEvaluator evaluator;
  private final CascadeInstance instance;
  private final LadderStep ladders;
  private final WideMoves moves;

  PlanImprovement(CandidateEvaluator evaluator, StartingPlans starts) {
    this.evaluator = evaluator;
    this.instance = evaluator.instance();
    this.ladders = new LadderStep(evaluator);
    this.moves = new WideMoves(evaluator, starts, ladders);
  }

  /** Changes a plan while this makes it better. */
  Candidate improved(Candidate start, Objective objective, int sweeps) {
    Candidate best = start;
    boolean isImproved = true;
    for (int sweep = 0; isImproved && sweep < sweeps; sweep++) {
      Optional<Candidate> better = findBetterSweep(best, objective);
      if (better.isEmpty()) {
        better = findBetterGroup(best, objective);
      }
      if (better.isEmpty() && instance.size() <= DETOUR_SIZE) {
        better = findBetterDetour(best, objective);
      }
      isImproved = better.isPresent();
      best = better.orElse(best);
    }
    return best;
  }

  /** Changes a plan with one model per class while this makes it better. */
  Candidate improvedSingles(Candidate start, Objective objective) {
    Candidate best = start;
    boolean isImproved = true;
    for (int sweep = 0; isImproved && sweep < MAX_SWEEPS; sweep++) {
      isImproved = false;
      for (int variable = 0; variable < instance.variables(); variable++) {
        Optional<Candidate> better =
            evaluator.isLate()
                ? Optional.empty()
                : ladders.findBetterSingle(best, variable, objective);
        isImproved |= better.isPresent();
        best = better.orElse(best);
      }
    }
    return best;
  }

  /** Changes the ladder of each class in turn. */
  private Optional<Candidate> findBetterSweep(Candidate base, Objective objective) {
    return findBetterSweep(base, 0, objective);
  }

  private Optional<Candidate> findBetterSweep(Candidate base, int first, Objective objective) {
    Optional<Candidate> best = Optional.empty();
    for (int step = 0; step < instance.variables(); step++) {
      int variable = (first + step) % instance.variables();
      if (!evaluator.isLate()) {
        best = ladders.findBetter(best.orElse(base), variable, objective).or(keep(best));
      }
    }
    return best;
  }

  private static <T> Supplier<Optional<T>> keep(Optional<T> known) {
    return () -> known;
  }

  /**
   * Changes several ladders together. A model that several classes share is worth its cost only if
   * all of them use it, so that changes of one ladder do not find it.
   */
  private Optional<Candidate> findBetterGroup(Candidate base, Objective objective) {
    for (double errors : GROUP_ERRORS) {
      Optional<Candidate> better =
          moves.ofModels(base, errors).stream()
              .min(Comparator.comparingDouble(plan -> promise(plan, objective)))
              .map(plan -> findBetterSweep(plan, objective).orElse(plan))
              .filter(plan -> objective.isBetter(plan, base));
      if (better.isPresent()) {
        return better;
      }
    }
    return Optional.empty();
  }

  /**
   * Changes one class although this makes the plan worse, and then the others. Changes of one
   * ladder that improve the plan do not find such plans.
   */
  private Optional<Candidate> findBetterDetour(Candidate base, Objective objective) {
    for (int variable = 0; variable < instance.variables() && !evaluator.isLate(); variable++) {
      for (Candidate changed : moves.ofClass(base, variable, objective)) {
        Optional<Candidate> better =
            findBetterSweep(changed, variable + 1, objective)
                .filter(plan -> objective.isBetter(plan, base));
        if (better.isPresent()) {
          return better;
        }
      }
    }
    return Optional.empty();
  }

  /** Low for plans that are cheap, and for which a sweep can satisfy the bounds. */
  private static double promise(Candidate plan, Objective objective) {
    return plan.costMillis() * (1 + SHORTFALL_WEIGHT * objective.shortfall(plan.counts()));
  }
}
