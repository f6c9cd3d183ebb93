package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Quality;
import org.seeql.planner.optimizer.Refusal;
import org.seeql.planner.optimizer.Step;
import org.seeql.planner.predicate.DecisionDiagram;
import org.seeql.planner.predicate.PredicateFunction;

/**
 * Chooses models and thresholds that answer a predicate within certified bounds. Pure and
 * thread-safe.
 *
 * <p>The selection half of the sample gives a sequence of plans, from the safest to the cheapest.
 * The certification half tests them in this order, each at the full level, and stops at the first
 * that fails (fixed-sequence testing: Maurer, Hothorn and Lehmacher, 1995). The last plan that
 * passes is the result. The probability that it violates a bound is at most the level, for images
 * that are drawn like the sample.
 */
public final class CascadeChooser {
  private static final double SLACK = 1e-9;

  private CascadeChooser() {}

  /**
   * The cheapest certified plan; without quality bounds, the plan of the greatest quality. A
   * refusal if the safest plan is not certified, or if a class has no scores. Deterministic, unless
   * a timeout stops the search.
   */
  public static CascadeChoice choose(CascadeProblem problem) {
    List<String> names = PredicateFunction.classNames(problem.predicate());
    if (names.size() > PredicateFunction.MAX_CLASSES) {
      return new CascadeChoice.Refused(CascadeRefusals.tooManyClasses(problem, names));
    }
    PredicateFunction function = PredicateFunction.of(problem.predicate());
    Optional<Refusal> refusal = CascadeRefusals.ofClasses(problem, function.classes());
    if (refusal.isPresent()) {
      return new CascadeChoice.Refused(refusal.get());
    }
    if (function.classes().isEmpty()) {
      return decided(problem, function.function() == DecisionDiagram.TRUE);
    }
    if (problem.sample().rows().size() < 2) {
      return new CascadeChoice.Refused(CascadeRefusals.tooFewRows(problem));
    }
    CascadeInstance instance = new CascadeInstance(function, problem);
    CascadeSearch search =
        new CascadeSearch(instance, problem.bounds(), problem.maximize(), timer(problem));
    return tested(problem, search);
  }

  private static BooleanSupplier timer(CascadeProblem problem) {
    if (problem.timeout().isEmpty()) {
      return () -> false;
    }
    long deadline = System.nanoTime() + problem.timeout().get().toNanos();
    return () -> System.nanoTime() - deadline > 0;
  }

  private static CascadeChoice tested(CascadeProblem problem, CascadeSearch search) {
    // Ladders with one rung have smaller graphs. The certification half does not decide whether a
    // graph is too large.
    return findTested(problem, search, search.sequence())
        .or(() -> findTested(problem, search, search.singles()))
        .orElseGet(() -> new CascadeChoice.Refused(CascadeRefusals.tooLarge()));
  }

  /** Tests plans; empty if the graphs of all of them are too large. */
  private static Optional<CascadeChoice> findTested(
      CascadeProblem problem, CascadeSearch search, List<Candidate> sequence) {
    Bounds bounds = problem.bounds();
    double level = problem.errorLevel();
    int tests = 0;
    Optional<Candidate> accepted = Optional.empty();
    List<TestedPlan> expensive = new ArrayList<>();
    for (Candidate candidate : sequence) {
      Optional<TestedPlan> found = TestedPlan.findInOrder(search, candidate);
      if (found.isEmpty()) {
        continue; // its graph is too large
      }
      if (bounds.find(Bound.MAX_COST_MS).isPresent()) {
        TestedPlan plan = TestedPlan.find(search, candidate).orElseThrow();
        if (!keepsCost(bounds, plan)) {
          // the selection half decides this, so the tests are not affected
          expensive.add(plan);
          continue;
        }
      }
      tests++;
      SortedMap<Bound, Limit> limits = limits(bounds, found.get(), level);
      if (!missed(bounds, limits).isEmpty()) {
        if (accepted.isEmpty()) {
          Refusal refusal = CascadeRefusals.ofQuality(problem, found.get(), limits);
          return Optional.of(new CascadeChoice.Refused(refusal));
        }
        break;
      }
      accepted = Optional.of(candidate);
    }
    if (accepted.isPresent()) {
      TestedPlan plan = TestedPlan.find(search, accepted.get()).orElseThrow();
      return Optional.of(plan(problem, plan, tests));
    }
    return expensive.isEmpty()
        ? Optional.empty()
        : Optional.of(new CascadeChoice.Refused(CascadeRefusals.ofCost(problem, expensive)));
  }

  /** The cost bound applies to the selection half: the other half only certifies quality. */
  private static boolean keepsCost(Bounds bounds, TestedPlan plan) {
    double cost = plan.selectionFigures().expectedCostMillis();
    double most = bounds.find(Bound.MAX_COST_MS).orElse(Double.POSITIVE_INFINITY);
    return cost <= most + SLACK * Math.max(1, most);
  }

  /** The bounds that certified limits do not reach. */
  static List<Bound> missed(Bounds bounds, SortedMap<Bound, Limit> limits) {
    return limits.keySet().stream()
        .filter(bound -> bounds.find(bound).orElse(0) > limits.get(bound).lower() + SLACK)
        .toList();
  }

  private static Limit limit(Bound bound, Counts counts, double level) {
    int successes = counts.successes(bound);
    int trials = counts.trials(bound);
    double share = BinomialLimit.lower(successes, trials, level);
    return new Limit(Shares.toMeasure(bound, share), successes, trials);
  }

  /** The limits of the bounded measures, or of all measures if none has a bound. */
  private static SortedMap<Bound, Limit> limits(Bounds bounds, TestedPlan plan, double level) {
    SortedMap<Bound, Limit> limits = new TreeMap<>();
    for (Bound bound : Bound.values()) {
      if (bound.isOfQuality() && (!bounds.haveQuality() || bounds.find(bound).isPresent())) {
        limits.put(bound, limit(bound, plan.certification(), level));
      }
    }
    return limits;
  }

  private static CascadePlan plan(CascadeProblem problem, TestedPlan plan, int tests) {
    double level = problem.errorLevel();
    CascadePlan chosen =
        new CascadePlan(
            problem.bounds(),
            problem.maximize(),
            problem.confidenceLevel(),
            plan.ladders(),
            plan.certificationFigures(),
            plan.selectionFigures(),
            limits(problem.bounds(), plan, level),
            tests,
            level,
            plan.root(),
            plan.nodes(),
            List.of());
    return chosen.withRungs(RungTally.ofCertification(chosen, problem.sample()));
  }

  /** The plan for a predicate that is constant, which needs no model. */
  private static CascadePlan decided(CascadeProblem problem, boolean answer) {
    Quality quality = answer ? new Quality(1, 0, 0, 0) : new Quality(0, 0, 0, 1);
    int rows = problem.sample().rows().size();
    return new CascadePlan(
        problem.bounds(),
        problem.maximize(),
        problem.confidenceLevel(),
        new TreeMap<>(),
        new Figures(rows / 2, 0, quality),
        new Figures(rows - rows / 2, 0, quality),
        new TreeMap<>(),
        0,
        problem.errorLevel(),
        new Step.Decide(answer),
        List.of(),
        List.of());
  }
}
