package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Evaluates ladders on the selection half, and orders their models. For one thread. */
final class CandidateEvaluator {
  /**
   * With more thresholds to choose from, plans fit the selection half better, and other rows less.
   */
  private static final int ERROR_COUNTS = 8;

  private final CascadeInstance instance;
  private final Half half;
  private final BooleanSupplier isLate;
  private Consumer<Candidate> receiver = plan -> {};

  /** By variable and model. */
  private final Thresholds[][] thresholds;

  /**
   * @param isLate whether the search must stop soon
   */
  CandidateEvaluator(CascadeInstance instance, BooleanSupplier isLate) {
    this.instance = instance;
    this.half = instance.selection();
    this.isLate = isLate;
    this.thresholds = new Thresholds[instance.variables()][instance.models()];
    for (int variable = 0; variable < instance.variables(); variable++) {
      for (int model : instance.candidates(variable)) {
        thresholds[variable][model] =
            Thresholds.of(half.scores()[variable][model], half.shown()[variable], ERROR_COUNTS);
      }
    }
  }

  CascadeInstance instance() {
    return instance;
  }

  Thresholds[][] thresholds() {
    return thresholds;
  }

  /** Every plan that is evaluated from now on is reported. */
  void report(Consumer<Candidate> receiver) {
    this.receiver = receiver;
  }

  boolean isLate() {
    return isLate.getAsBoolean();
  }

  /** A plan with these ladders whose models run from the cheapest to the most expensive one. */
  Candidate evaluated(Ladder[] ladders) {
    return evaluated(ladders, verdicts(ladders), byCost(ladders));
  }

  /** A plan that differs from another one in its ladders. */
  Candidate changed(Candidate base, Ladder[] ladders) {
    return evaluated(ladders, verdicts(ladders, base), order(base.order(), ladders));
  }

  /** A plan that differs from another one in its ladders, if its quality is already known. */
  Candidate changed(Candidate base, Ladder[] ladders, Counts counts) {
    return evaluated(ladders, verdicts(ladders, base), order(base.order(), ladders), counts);
  }

  private Candidate evaluated(Ladder[] ladders, Verdicts verdicts, int[] order) {
    long[] found = instance.holds(instance.function(), verdicts.answers(half.rows()), half.rows());
    return evaluated(
        ladders,
        verdicts,
        order,
        Counts.of(half.truth(), found, half.rows()).withFitted(fitted(ladders)));
  }

  private Candidate evaluated(Ladder[] ladders, Verdicts verdicts, int[] order, Counts counts) {
    double cost = replay(ladders, verdicts, order, OrderReplay.Listener.NONE).cost();
    Candidate plan = new Candidate(ladders, verdicts, order, counts, cost);
    receiver.accept(plan);
    return plan;
  }

  /** The number of thresholds that can answer, beyond one per class. */
  int fitted(Ladder[] ladders) {
    int fitted = 0;
    for (int variable = 0; variable < ladders.length; variable++) {
      fitted += ladders[variable].fitted(thresholds[variable]);
    }
    return fitted;
  }

  /** Exchanges neighbours in the order while this makes the plan cheaper. */
  Candidate withBetterOrder(Candidate plan, Objective objective) {
    Candidate best = plan;
    boolean isImproved = true;
    while (isImproved && !isLate()) {
      isImproved = false;
      for (int i = 0; i < best.order().length - 1; i++) {
        int[] order = best.order().clone();
        order[i] = best.order()[i + 1];
        order[i + 1] = best.order()[i];
        Candidate other = evaluated(best.ladders(), best.verdicts(), order, best.counts());
        if (objective.isBetter(other, best)) {
          best = other;
          isImproved = true;
        }
      }
    }
    return best;
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

  private int[] byCost(Ladder[] ladders) {
    return Arrays.stream(ladders)
        .flatMapToInt(ladder -> IntStream.of(ladder.models()))
        .distinct()
        .boxed()
        .sorted(Comparator.comparingDouble(instance::cost).thenComparing(m -> m))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static Set<Integer> models(Ladder[] ladders) {
    Set<Integer> models = new TreeSet<>();
    for (Ladder ladder : ladders) {
      for (int model : ladder.models()) {
        models.add(model);
      }
    }
    return models;
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
}
