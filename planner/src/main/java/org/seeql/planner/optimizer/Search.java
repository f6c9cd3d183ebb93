package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seeql.planner.optimizer.Outcome.Proof;
import org.seeql.planner.optimizer.QualityMaximum.Result;

/**
 * The search when there are too many assignments to evaluate all. Determines the quality within
 * reach, the models that it excludes, the starting points, and a bound on the distance from the
 * best.
 */
final class Search {
  // steps of work with 8 classes, and their growth with more; about 50 ms and 1 s on one core
  private static final double STEPS = 6e6;
  private static final double GROWTH = 1.75;
  private static final double MAX_STEPS = 2e8;
  private static final int USUAL_CLASSES = 8;

  private final Instance instance;
  private final Estimates estimates;
  private final Strategy strategy;
  private final Goal goal;
  private final SearchBudget work;
  private final Optional<Ceiling> ceiling;

  Search(Instance instance, Estimates estimates, Strategy strategy, Goal goal, SearchBudget work) {
    this.instance = instance;
    this.estimates = estimates;
    this.strategy = strategy;
    this.goal = goal;
    this.work = work;
    this.ceiling =
        goal.isPlain() && estimates instanceof IndependentEstimates independent
            ? Optional.of(new Ceiling(instance, independent, work))
            : Optional.empty();
  }

  Outcome run() {
    return goal.isCost() ? leastCost() : greatestQuality();
  }

  private Outcome leastCost() {
    Map<Bound, Evaluated> best = new EnumMap<>(Bound.class);
    boolean isMissed = false;
    boolean isProved = false;
    List<int[]> starts = new ArrayList<>();
    for (Bound bound : goal.qualityBounds()) {
      Result result = new QualityMaximum(instance, estimates, ceiling, bound, work).run();
      best.put(bound, result.best());
      starts.add(result.best().assignment());
      double least = goal.bounds().find(bound).orElseThrow() - Goal.SLACK;
      if (goal.value(bound, result.best().quality()) < least) {
        isMissed = true;
        isProved |= result.ceiling() < least;
      }
    }
    if (isMissed) {
      return new Outcome.OutOfQuality(best, isProved ? Proof.PROVED : Proof.NONE_FOUND);
    }
    Instance within = ceiling.map(c -> instance.with(c.allowed(goal))).orElse(instance);
    if (Enumeration.isFeasible(within, estimates)) {
      Outcome outcome = new Enumeration(within, estimates, strategy, goal, work).run();
      return outcome instanceof Outcome.OutOfQuality missed
          ? new Outcome.OutOfQuality(best, missed.proof())
          : outcome;
    }
    Optional<Evaluated> found = search(within, goal, starts);
    double floor = floor(within);
    if (found.isPresent()) {
      return new Outcome.Found(found.get(), Optimality.ofCost(found.get().costMillis(), floor));
    }
    Optional<Evaluated> expensive =
        search(within, goal.with(goal.bounds().without(Bound.MAX_COST_MS)), starts);
    return expensive.isPresent()
        ? new Outcome.OutOfCost(expensive.get().costMillis(), proof(floor))
        : new Outcome.OutOfQuality(best, Proof.NONE_FOUND);
  }

  private Proof proof(double floor) {
    return goal.keepsCost(floor) ? Proof.NONE_FOUND : Proof.PROVED;
  }

  private Outcome greatestQuality() {
    Bound bound = goal.boundOfMeasure();
    Result most = new QualityMaximum(instance, estimates, ceiling, bound, work).run();
    Optional<Evaluated> found =
        goal.bounds().find(Bound.MAX_COST_MS).isPresent()
            ? greatestWithinCost(most.best().assignment())
            : cheapestOf(most);
    if (found.isEmpty()) {
      Evaluated cheap =
          search(instance, goal.cheapest(), List.of(Moves.cheapest(instance))).orElseThrow();
      if (!goal.keepsCost(cheap.costMillis())) {
        return new Outcome.OutOfCost(cheap.costMillis(), proof(floor(instance)));
      }
      found = search(instance, goal, List.of(cheap.assignment(), most.best().assignment()));
    }
    Evaluated plan = found.orElseThrow();
    double limit = most.isExact() ? most.value() : most.ceiling();
    return new Outcome.Found(plan, Optimality.ofQuality(goal.measure(plan.quality()), limit));
  }

  private Optional<Evaluated> greatestWithinCost(int[] most) {
    int[] cheapest = Moves.cheapest(instance);
    return search(instance, goal, List.of(most, cheapest));
  }

  /** The cheapest of the plans that are as good as the best. */
  private Optional<Evaluated> cheapestOf(Result most) {
    Goal asGood = goal.asGoodAs(most.value());
    Instance within = ceiling.map(c -> instance.with(c.allowed(asGood))).orElse(instance);
    if (Enumeration.isFeasible(within, estimates)) {
      Outcome all = new Enumeration(within, estimates, strategy, asGood, work).run();
      return all instanceof Outcome.Found found ? Optional.of(found.plan()) : Optional.empty();
    }
    return search(within, asGood, List.of(most.best().assignment()));
  }

  private Optional<Evaluated> search(Instance within, Goal sought, List<int[]> starts) {
    double grown = STEPS * Math.pow(GROWTH, instance.variables() - USUAL_CLASSES);
    long steps = (long) Math.min(MAX_STEPS, Math.max(STEPS, grown));
    List<int[]> all = new ArrayList<>(starts);
    new Baseline(instance, estimates, sought).find().ifPresent(p -> all.add(p.assignment()));
    // each strategy starts from the result of the simpler one, so it is never worse
    Optional<Evaluated> found = Optional.empty();
    for (Strategy simpler : List.of(Strategy.BASIC, Strategy.ORDER, Strategy.OPTIMAL)) {
      found.ifPresent(plan -> all.add(0, plan.assignment()));
      long part = simpler == Strategy.OPTIMAL ? steps * 2 / 3 : steps / 6;
      found = new LocalSearch(within, estimates, simpler, sought, work).run(all, part);
      if (simpler == strategy) {
        break;
      }
    }
    return found;
  }

  private double floor(Instance within) {
    return floor(within, estimates, strategy, work);
  }

  /** A lower bound on the cost of a strategy's plans. */
  static double floor(Instance within, Estimates estimates, Strategy strategy, SearchBudget work) {
    double floor =
        estimates instanceof IndependentEstimates independent
            ? floor(within, independent, work)
            // at least one model runs
            : Arrays.stream(allOf(within)).mapToDouble(within::cost).min().orElse(0);
    if (strategy != Strategy.BASIC) {
      return floor;
    }
    // all models run, so at least one for each class
    for (int variable = 0; variable < within.variables(); variable++) {
      double least =
          Arrays.stream(within.candidates(variable))
              .mapToDouble(within::cost)
              .min()
              .orElse(Double.POSITIVE_INFINITY);
      floor = Math.max(floor, least);
    }
    return floor;
  }

  private static int[] allOf(Instance instance) {
    return IntStream.range(0, instance.variables())
        .flatMap(variable -> Arrays.stream(instance.candidates(variable)))
        .toArray();
  }

  /** A lower bound on the cost of all plans with an instance's models. */
  static double floor(Instance instance, IndependentEstimates estimates, SearchBudget work) {
    int[][] allowed = new int[instance.variables()][];
    Arrays.setAll(allowed, instance::candidates);
    return new CostFloor(instance, allowed, estimates.answers(), work).millis();
  }
}
