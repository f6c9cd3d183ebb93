package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;

/**
 * Searches ladders and thresholds on the selection half. A local search changes the ladder of one
 * class at a time, from several starts. Its work depends on the problem only, so that the same
 * problem gives the same plans. For one thread.
 */
final class CascadeSearch {
  /**
   * The levels of the margins, from the safest to the cheapest plan. The search fits the selection
   * half, so that a plan is worse elsewhere; the first levels compensate for this. The last one
   * requires only that the measured shares satisfy the bounds.
   */
  private static final double[] LEVELS = {1e-15, 1e-8, 1e-4, 0.01, 0.1, 0.35, 0.5};

  /**
   * The quality of the first plans after the simplest one, between the bounds and its quality. The
   * simplest plan may be much better than the bounds.
   */
  private static final double[] QUALITY_SHARES = {
    1, 0.93, 0.86, 0.78, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1
  };

  /** The level at which the search also begins with cheap models. */
  private static final double SECOND_START = 0.01;

  private static final int FIRST_SWEEPS = 2;

  /**
   * A threshold next to the score of a row makes about one more error on as many other rows: the
   * expected share of values below the k-th of n is k / (n + 1).
   */
  private static final double ERRORS_PER_THRESHOLD = 1;

  /** Classes times models times rows; up to this, the search completes all starts. */
  private static final long SMALL = 100_000;

  private final CandidateEvaluator evaluator;
  private final StartingPlans starting;
  private final PlanImprovement improvement;
  private final CascadeInstance instance;
  private final Half half;
  private final Bounds bounds;
  private final Measure maximize;
  private final double errorsPerThreshold;

  /**
   * @param isLate whether the search must stop soon
   */
  CascadeSearch(CascadeInstance instance, Bounds bounds, Measure maximize, BooleanSupplier isLate) {
    this(instance, bounds, maximize, isLate, ERRORS_PER_THRESHOLD);
  }

  /**
   * @param errorsPerThreshold the additional errors that are expected on other rows for each fitted
   *     threshold, see {@link Counts}
   */
  CascadeSearch(
      CascadeInstance instance,
      Bounds bounds,
      Measure maximize,
      BooleanSupplier isLate,
      double errorsPerThreshold) {
    this.evaluator = new CandidateEvaluator(instance, isLate);
    this.starting = new StartingPlans(evaluator);
    this.improvement = new PlanImprovement(evaluator, starting);
    this.instance = instance;
    this.half = instance.selection();
    this.bounds = bounds;
    this.maximize = maximize;
    this.errorsPerThreshold = bounds.haveQuality() ? errorsPerThreshold : 0;
  }

  CandidateEvaluator evaluator() {
    return evaluator;
  }

  /**
   * Plans from the safest to the cheapest, each cheaper than the one before. Without quality
   * bounds, only the plan of the greatest quality.
   */
  List<Candidate> sequence() {
    List<Candidate> starts = starting.all();
    if (!bounds.haveQuality()) {
      return List.of(best(starts, objective(LEVELS[0])));
    }
    PlanFront front = new PlanFront(objective(LEVELS[LEVELS.length - 1]));
    evaluator.report(front::add);
    Candidate simplest = simplest(starts);
    Candidate plan = withQualityOf(simplest, starts);
    withMargins(plan, starts);
    return front.sequence(simplest);
  }

  /**
   * Searches cheap plans whose quality is between that of the simplest plan and the bounds.
   *
   * @return the last plan
   */
  private Candidate withQualityOf(Candidate simplest, List<Candidate> starts) {
    List<Candidate> all = new ArrayList<>(starts);
    all.add(simplest);
    Candidate single = simplest;
    Candidate plan = best(all, between(simplest, QUALITY_SHARES[0]));
    for (double share : QUALITY_SHARES) {
      Objective objective = between(simplest, share);
      single = improvement.improvedSingles(single, objective);
      Candidate start = objective.isBetter(single, plan) ? single : plan;
      plan = improvement.improved(start, objective, PlanImprovement.MAX_SWEEPS);
    }
    return plan;
  }

  /** Searches cheap plans that satisfy the bounds with margins. */
  private void withMargins(Candidate start, List<Candidate> starts) {
    Candidate plan = start;
    Optional<Candidate> second = Optional.empty();
    for (double level : LEVELS) {
      Objective objective = objective(level);
      // otherwise no plan has this margin
      if (objective.shortfall(plan.counts()) == 0) {
        if (level >= SECOND_START) {
          second =
              Optional.of(
                  second
                      .map(
                          known ->
                              improvement.improved(known, objective, PlanImprovement.MAX_SWEEPS))
                      .orElseGet(() -> best(starts, objective)));
        }
        plan = improvement.improved(plan, objective, PlanImprovement.MAX_SWEEPS);
      }
    }
  }

  /** Plans with one model per class, from the safest to the cheapest. */
  List<Candidate> singles() {
    Candidate plan = simplest(starting.all());
    List<Candidate> sequence = new ArrayList<>(List.of(plan));
    if (bounds.haveQuality()) {
      Candidate simplest = plan;
      for (double share : QUALITY_SHARES) {
        plan = improvement.improvedSingles(plan, between(simplest, share));
        addIfCheaper(sequence, plan);
      }
    }
    return sequence;
  }

  /**
   * The best plan with one model per class. It has few thresholds, so that it is nearly as good on
   * other images as on the selection half. If it does not satisfy the bounds even there, the best
   * plan of all.
   */
  private Candidate simplest(List<Candidate> starts) {
    Objective safest = objective(LEVELS[0]);
    Candidate best =
        starts.stream()
            .map(start -> improvement.improvedSingles(start, safest))
            .min(safest.order())
            .orElseThrow();
    return objective(LEVELS[LEVELS.length - 1]).shortfall(best.counts()) == 0
        ? best
        : best(starts, safest);
  }

  private static void addIfCheaper(List<Candidate> sequence, Candidate plan) {
    double last = sequence.get(sequence.size() - 1).costMillis();
    if (plan.costMillis() < last * (1 - 1e-9)) {
      sequence.add(plan);
    }
  }

  /**
   * Bounds between those of the problem and the quality of a plan on the selection half.
   *
   * @param share 1 for the quality of the plan, 0 for the bounds of the problem
   */
  private Objective between(Candidate plan, double share) {
    Bounds stricter = bounds;
    for (Map.Entry<Bound, Double> bound : bounds.values().entrySet()) {
      if (bound.getKey().isOfQuality()) {
        double reached = plan.counts().of(bound.getKey());
        double required = bound.getValue();
        stricter =
            stricter.with(bound.getKey(), required + share * Math.max(0, reached - required));
      }
    }
    return new Objective(
        stricter, maximize, LEVELS[LEVELS.length - 1], half.rows(), errorsPerThreshold);
  }

  private Objective objective(double level) {
    return new Objective(bounds, maximize, level, half.rows(), errorsPerThreshold);
  }

  /** The best plan of a search from the most promising start. */
  private Candidate best(List<Candidate> starts, Objective objective) {
    int sweeps = instance.size() <= SMALL ? PlanImprovement.MAX_SWEEPS : FIRST_SWEEPS;
    Candidate best = improvement.improved(starts.get(0), objective, sweeps);
    for (Candidate start : starts.subList(1, starts.size())) {
      Candidate improved = improvement.improved(start, objective, sweeps);
      if (objective.isBetter(improved, best)) {
        best = improved;
      }
    }
    return improvement.improved(best, objective, PlanImprovement.MAX_SWEEPS);
  }
}
