package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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

  private static final long PAIR_WORK = 1_500_000;
  private static final int EXACT_PROPOSALS = 8;
  private static final int ERROR_COUNTS = 20;
  private static final int INSERTED_VALUES = 6;
  private static final double[] GROUP_ERRORS = {0.1, 0.3, 0.5, 0.7};
  private static final double SHORTFALL_WEIGHT = 10;
  private static final int FIRST_SWEEPS = 2;

  /** The bounds, relative to the requested ones, that the first step of a detour satisfies. */
  private static final double[] DETOUR_BOUNDS = {0.9, 0.7, 0.4};

  /** Classes times models times rows; up to this, the search completes all starts. */
  private static final long SMALL = 100_000;

  /**
   * Classes times models times rows; up to this, the search makes detours. They take several times
   * as long as the rest of the search, about a second at this size.
   */
  private static final long DETOUR_SIZE = 2_500;

  private static final int MAX_SWEEPS = 10;

  private final CascadeInstance instance;
  private final Half half;
  private final Bounds bounds;
  private final Measure maximize;
  private final BooleanSupplier isLate;

  /** By variable and model. */
  private final Thresholds[][] thresholds;

  /**
   * @param isLate whether the search must stop soon
   */
  CascadeSearch(CascadeInstance instance, Bounds bounds, Measure maximize, BooleanSupplier isLate) {
    this.instance = instance;
    this.half = instance.selection();
    this.bounds = bounds;
    this.maximize = maximize;
    this.isLate = isLate;
    this.thresholds = new Thresholds[instance.variables()][instance.models()];
    for (int variable = 0; variable < instance.variables(); variable++) {
      for (int model : instance.candidates(variable)) {
        thresholds[variable][model] =
            Thresholds.of(half.scores()[variable][model], half.shown()[variable], ERROR_COUNTS);
      }
    }
  }

  Thresholds[][] thresholds() {
    return thresholds;
  }

  /**
   * Plans from the safest to the cheapest, each cheaper than the one before. Without quality
   * bounds, only the plan of the greatest quality.
   */
  List<Candidate> sequence() {
    List<Candidate> starts = starts();
    if (!bounds.haveQuality()) {
      return List.of(best(starts, objective(LEVELS[0])));
    }
    Candidate first = simplest(starts);
    List<Candidate> sequence = new ArrayList<>(List.of(first));
    Candidate simplest = first;
    List<Candidate> all = new ArrayList<>(starts);
    all.add(simplest);
    first = best(all, between(simplest, QUALITY_SHARES[0]));
    addIfCheaper(sequence, first);
    for (double share : QUALITY_SHARES) {
      first = improved(first, between(simplest, share), MAX_SWEEPS);
      addIfCheaper(sequence, first);
    }
    Optional<Candidate> second = Optional.empty();
    for (double level : LEVELS) {
      Objective objective = objective(level);
      // otherwise no plan has this margin
      if (objective.shortfall(first.counts()) == 0) {
        if (level >= SECOND_START) {
          second =
              Optional.of(
                  second
                      .map(plan -> improved(plan, objective, MAX_SWEEPS))
                      .orElseGet(() -> best(starts, objective)));
        }
        first = improved(first, objective, MAX_SWEEPS);
        addIfCheaper(sequence, first);
        second
            .filter(plan -> objective.shortfall(plan.counts()) == 0)
            .ifPresent(plan -> addIfCheaper(sequence, plan));
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
            .map(start -> improvedAlone(start, safest))
            .min((a, b) -> objectiveOrder(a, b, safest))
            .orElseThrow();
    return objective(LEVELS[LEVELS.length - 1]).shortfall(best.counts()) == 0
        ? best
        : best(starts, safest);
  }

  private static int objectiveOrder(Candidate a, Candidate b, Objective objective) {
    return objective.compare(a.counts(), a.costMillis(), b.counts(), b.costMillis());
  }

  private Candidate improvedAlone(Candidate start, Objective objective) {
    Candidate best = start;
    boolean isImproved = true;
    for (int sweep = 0; isImproved && sweep < MAX_SWEEPS; sweep++) {
      isImproved = false;
      for (int variable = 0; variable < instance.variables(); variable++) {
        Optional<Candidate> better =
            isLate.getAsBoolean()
                ? Optional.empty()
                : findBetter(best, variable, objective, ClassStep::proposeSingles);
        isImproved |= better.isPresent();
        best = better.orElse(best);
      }
    }
    return best;
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
    return new Objective(stricter, maximize, LEVELS[LEVELS.length - 1], half.rows());
  }

  private Objective objective(double level) {
    return new Objective(bounds, maximize, level, half.rows());
  }

  /** The best plan of a search from the most promising start. */
  private Candidate best(List<Candidate> starts, Objective objective) {
    int sweeps = size() <= SMALL ? MAX_SWEEPS : FIRST_SWEEPS;
    Candidate best = improved(starts.get(0), objective, sweeps);
    for (Candidate start : starts.subList(1, starts.size())) {
      Candidate improved = improved(start, objective, sweeps);
      if (isBetter(improved, best, objective)) {
        best = improved;
      }
    }
    return improved(best, objective, MAX_SWEEPS);
  }

  private long size() {
    return (long) instance.variables() * instance.models() * half.rows();
  }

  private static boolean isBetter(Candidate a, Candidate b, Objective objective) {
    return objective.compare(a.counts(), a.costMillis(), b.counts(), b.costMillis()) < 0;
  }

  /** One model per class: the most accurate one, the cheapest one, and the widest one. */
  private List<Candidate> starts() {
    List<Comparator<Integer>> preferences =
        List.of(
            Comparator.comparingDouble(instance::cost),
            Comparator.comparingInt(
                m ->
                    -(int)
                        IntStream.range(0, instance.variables())
                            .filter(v -> half.knows(v, m))
                            .count()));
    List<Ladder[]> starts = new ArrayList<>();
    starts.add(
        IntStream.range(0, instance.variables())
            .mapToObj(v -> mostAccurate(v, instance.candidates(v)))
            .toArray(Ladder[]::new));
    for (Comparator<Integer> preference : preferences) {
      starts.add(
          IntStream.range(0, instance.variables())
              .mapToObj(
                  v ->
                      mostAccurate(
                          v,
                          List.of(instance.candidates(v).stream().min(preference).orElseThrow())))
              .toArray(Ladder[]::new));
    }
    return starts.stream()
        .map(ladders -> evaluated(ladders, verdicts(ladders), byCost(ladders)))
        .toList();
  }

  private Ladder mostAccurate(int variable, List<Integer> models) {
    Ladder best = null;
    int most = -1;
    for (int model : models) {
      Thresholds of = thresholds[variable][model];
      for (int index = 1; index < Math.max(2, of.never()); index++) {
        Counts counts = Counts.of(half.shown()[variable], of.atLeast()[index], half.rows());
        int right = counts.truePositive() + counts.trueNegative();
        if (right > most) {
          most = right;
          best = Ladder.of(model, index);
        }
      }
    }
    return best;
  }

  private int[] byCost(Ladder[] ladders) {
    return Arrays.stream(ladders)
        .flatMapToInt(ladder -> IntStream.of(ladder.models()))
        .distinct()
        .boxed()
        .sorted(Comparator.comparingDouble(instance::cost).thenComparing(m -> m))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private Candidate improved(Candidate start, Objective objective, int sweeps) {
    Candidate best = start;
    boolean isImproved = true;
    for (int sweep = 0; isImproved && sweep < sweeps; sweep++) {
      Optional<Candidate> better = findBetterSweep(best, objective);
      if (better.isEmpty()) {
        better = findBetterGroup(best, objective);
      }
      if (better.isEmpty() && size() <= DETOUR_SIZE) {
        better = findBetterDetour(best, objective);
      }
      isImproved = better.isPresent();
      best = better.orElse(best);
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
      if (!isLate.getAsBoolean()) {
        best = findBetterLadder(best.orElse(base), variable, objective).or(keep(best));
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
      List<Candidate> changed = new ArrayList<>();
      for (int model = 0; model < instance.models() && !isLate.getAsBoolean(); model++) {
        addIfPossible(changed, withModelFirst(base.ladders(), model, errors), base);
        addIfPossible(changed, withoutModel(base.ladders(), model), base);
      }
      Optional<Candidate> better =
          changed.stream()
              .min(Comparator.comparingDouble(plan -> promise(plan, objective)))
              .map(plan -> findBetterSweep(plan, objective).orElse(plan))
              .filter(plan -> isBetter(plan, base, objective));
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
    for (int variable = 0; variable < instance.variables() && !isLate.getAsBoolean(); variable++) {
      for (Candidate changed : detours(base, variable, objective)) {
        Optional<Candidate> better =
            findBetterSweep(changed, variable + 1, objective)
                .filter(plan -> isBetter(plan, base, objective));
        if (better.isPresent()) {
          return better;
        }
      }
    }
    return Optional.empty();
  }

  /** Plans whose class is cheaper but less accurate, or is answered by another model alone. */
  private List<Candidate> detours(Candidate base, int variable, Objective objective) {
    List<Candidate> changed = new ArrayList<>();
    for (double share : DETOUR_BOUNDS) {
      findBetterLadder(base, variable, objective.relaxed(share)).ifPresent(changed::add);
    }
    for (int model : instance.candidates(variable)) {
      Ladder[] ladders = base.ladders().clone();
      ladders[variable] = mostAccurate(variable, List.of(model));
      addIfPossible(changed, ladders, base);
    }
    return changed;
  }

  /** Low for plans that are cheap, and for which a sweep can satisfy the bounds. */
  private static double promise(Candidate plan, Objective objective) {
    return plan.costMillis() * (1 + SHORTFALL_WEIGHT * objective.shortfall(plan.counts()));
  }

  private void addIfPossible(List<Candidate> changed, Ladder[] ladders, Candidate base) {
    if (!Arrays.equals(ladders, base.ladders()) && models(ladders).size() <= States.MAX_MODELS) {
      changed.add(evaluated(ladders, verdicts(ladders, base), order(base.order(), ladders)));
    }
  }

  /**
   * A model becomes the first rung of all classes that it knows.
   *
   * @param errors the place of its thresholds among all thresholds: 0 for the safest, 1 for those
   *     that answer most rows
   */
  private Ladder[] withModelFirst(Ladder[] ladders, int model, double errors) {
    Ladder[] changed = ladders.clone();
    for (int variable = 0; variable < ladders.length; variable++) {
      Ladder ladder = ladders[variable];
      if (half.knows(variable, model) && !ladder.uses(model) && ladder.rungs() < States.MAX_RUNGS) {
        Thresholds of = thresholds[variable][model];
        int low = of.lows()[(int) Math.ceil(errors * (of.lows().length - 1))];
        int high = of.highs()[(int) Math.floor((1 - errors) * (of.highs().length - 1))];
        if (low < high && !(low == 0 && high == of.never())) {
          changed[variable] = ladder.with(0, model, low, high);
        }
      }
    }
    return changed;
  }

  /** A model is removed from all ladders in which it is not the last rung. */
  private static Ladder[] withoutModel(Ladder[] ladders, int model) {
    Ladder[] changed = ladders.clone();
    for (int variable = 0; variable < ladders.length; variable++) {
      for (int rung = 0; rung < changed[variable].rungs() - 1; rung++) {
        if (changed[variable].models()[rung] == model) {
          changed[variable] = changed[variable].without(rung);
        }
      }
    }
    return changed;
  }

  private Optional<Candidate> findBetterLadder(Candidate base, int variable, Objective objective) {
    Ladder ladder = base.ladders()[variable];
    return findBetter(
        base,
        variable,
        objective,
        step -> {
          step.proposeSingles();
          step.proposePairs(PAIR_WORK / half.truth().length);
          step.proposeNeighbours(ladder, INSERTED_VALUES);
        });
  }

  /** Changes the ladder of one class, if a proposed ladder is better. */
  private Optional<Candidate> findBetter(
      Candidate base, int variable, Objective objective, Consumer<ClassStep> proposing) {
    Optional<Candidate> best = Optional.empty();
    for (Proposals.Proposal proposal : proposals(base, variable, objective, proposing)) {
      Ladder[] ladders = base.ladders().clone();
      ladders[variable] = proposal.ladder();
      Candidate known = best.orElse(base);
      if (models(ladders).size() > States.MAX_MODELS
          || objective.shortfall(proposal.counts()) > objective.shortfall(known.counts())) {
        continue;
      }
      Candidate candidate =
          evaluated(
              ladders, verdicts(ladders, base), order(base.order(), ladders), proposal.counts());
      if (isBetter(candidate, known, objective)) {
        best = Optional.of(candidate);
      }
    }
    return best.map(plan -> withBetterOrder(plan, objective));
  }

  private static Set<Integer> models(Ladder[] ladders) {
    Set<Integer> models = new TreeSet<>();
    for (Ladder ladder : ladders) {
      for (int model : ladder.models()) {
        models.add(model);
      }
    }
    return models;
  }

  private List<Proposals.Proposal> proposals(
      Candidate base, int variable, Objective objective, Consumer<ClassStep> proposing) {
    Ladder ladder = base.ladders()[variable];
    Usage usage = Usage.of(this, base, variable);
    long[][] answers = base.verdicts().answers(half.rows());
    int function = instance.function();
    long[] ifNo =
        instance.holds(instance.diagram().rest(function, variable, false), answers, half.rows());
    long[] ifYes =
        instance.holds(instance.diagram().rest(function, variable, true), answers, half.rows());
    double own = ClassStep.cost(instance, thresholds[variable], ladder, usage.paid());
    Proposals proposals = new Proposals(objective);
    ClassStep step =
        new ClassStep(
            instance,
            thresholds[variable],
            variable,
            proposals,
            base.costMillis() - own,
            ifNo,
            ifYes,
            usage.paid());
    proposing.accept(step);
    return proposals.best(EXACT_PROPOSALS);
  }

  private Verdicts verdicts(Ladder[] ladders) {
    byte[][][] verdicts = new byte[ladders.length][][];
    for (int variable = 0; variable < ladders.length; variable++) {
      verdicts[variable] = verdicts(variable, ladders[variable]);
    }
    return new Verdicts(verdicts);
  }

  /** The verdicts of ladders, some of which are those of another plan. */
  private Verdicts verdicts(Ladder[] ladders, Candidate base) {
    byte[][][] verdicts = base.verdicts().byRung().clone();
    for (int variable = 0; variable < ladders.length; variable++) {
      if (!ladders[variable].equals(base.ladders()[variable])) {
        verdicts[variable] = verdicts(variable, ladders[variable]);
      }
    }
    return new Verdicts(verdicts);
  }

  private byte[][] verdicts(int variable, Ladder ladder) {
    byte[][] verdicts = new byte[ladder.rungs()][];
    for (int rung = 0; rung < ladder.rungs(); rung++) {
      int model = ladder.models()[rung];
      double[] values = thresholds[variable][model].values();
      verdicts[rung] =
          Verdicts.of(
              half.scores()[variable][model],
              values[ladder.noBelow()[rung]],
              values[ladder.yesFrom()[rung]]);
    }
    return verdicts;
  }

  /** The order of a plan, with new models before the first more expensive one. */
  private int[] order(int[] before, Ladder[] ladders) {
    Set<Integer> models = models(ladders);
    List<Integer> order = new ArrayList<>();
    for (int model : before) {
      if (models.remove(model)) {
        order.add(model);
      }
    }
    for (int model : models) {
      int at = 0;
      while (at < order.size() && instance.cost(order.get(at)) <= instance.cost(model)) {
        at++;
      }
      order.add(at, model);
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Exchanges neighbours in the order while this makes the plan cheaper. */
  private Candidate withBetterOrder(Candidate plan, Objective objective) {
    Candidate best = plan;
    boolean isImproved = true;
    while (isImproved && !isLate.getAsBoolean()) {
      isImproved = false;
      for (int i = 0; i < best.order().length - 1; i++) {
        int[] order = best.order().clone();
        order[i] = best.order()[i + 1];
        order[i + 1] = best.order()[i];
        Candidate other = evaluated(best.ladders(), best.verdicts(), order, best.counts());
        if (isBetter(other, best, objective)) {
          best = other;
          isImproved = true;
        }
      }
    }
    return best;
  }

  private Candidate evaluated(Ladder[] ladders, Verdicts verdicts, int[] order) {
    long[] found = instance.holds(instance.function(), verdicts.answers(half.rows()), half.rows());
    return evaluated(ladders, verdicts, order, Counts.of(half.truth(), found, half.rows()));
  }

  private Candidate evaluated(Ladder[] ladders, Verdicts verdicts, int[] order, Counts counts) {
    double cost = replay(ladders, verdicts, order, OrderReplay.Listener.NONE).cost();
    return new Candidate(ladders, verdicts, order, counts, cost);
  }

  /** A replay of a plan on the selection half. */
  OrderReplay replay(Candidate plan, OrderReplay.Listener listener) {
    return replay(plan.ladders(), plan.verdicts(), plan.order(), listener);
  }

  private OrderReplay replay(
      Ladder[] ladders, Verdicts verdicts, int[] order, OrderReplay.Listener listener) {
    States states = new States(instance, ladders);
    return new OrderReplay(
        states,
        costs(states),
        ranks(states, order),
        new RowPartition(half.rows(), verdicts),
        listener);
  }

  /** The costs of a plan's models. */
  double[] costs(States states) {
    return IntStream.of(states.models()).mapToDouble(instance::cost).toArray();
  }

  /** The ranks of a plan's models. */
  static int[] ranks(States states, int[] order) {
    int[] ranks = new int[order.length];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[states.local(order[rank])] = rank;
    }
    return ranks;
  }

  CascadeInstance instance() {
    return instance;
  }
}
