package org.seeql.planner.optimizer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The best fixed order of the models of an assignment. Whether a model still matters depends on
 * which models came before it, not on their order: a dynamic program over the sets of models that
 * came before. Exact up to {@link #EXACT_MODELS}; beyond, only the best sets of each size are kept.
 */
final class OrderCosts {
  private static final int EXACT_MODELS = 10;

  // as many as ten models have sets of five
  private static final int SETS_KEPT = 252;

  /**
   * How images spread over what is left of the predicate as models answer.
   *
   * @param <S> one such state of things
   */
  interface Spread<S> {
    S start();

    /** After one more group of classes was answered. */
    S after(S before, int classes);

    /** The share of the images for which any of the classes still matters. */
    double need(S spread, int classes);
  }

  /**
   * An order and its expected cost.
   *
   * @param reach the share of the images that each group runs for, by group
   */
  @SuppressWarnings("ArrayRecordComponent") // made in inner loops
  record Order(double cost, int[] groups, double[] reach) {}

  /** Models that come first, in their best order, and how images spread before the last of them. */
  @SuppressWarnings("ArrayRecordComponent") // made in inner loops
  private record Prefix<S>(double cost, int set, int[] order, double[] reach, S spread) {

    static <S> Prefix<S> empty(Groups groups, S start) {
      return new Prefix<>(0, 0, new int[0], new double[groups.count()], start);
    }

    Prefix<S> with(int group, double need, double longerCost, S before) {
      int[] longer = Arrays.copyOf(order, order.length + 1);
      longer[order.length] = group;
      double[] all = reach.clone();
      all[group] = need;
      return new Prefix<>(longerCost, set | 1 << group, longer, all, before);
    }

    int last() {
      return order[order.length - 1];
    }
  }

  private OrderCosts() {}

  /** Whether an order is the best of all, not only of those that are kept. */
  static boolean isExact(Groups groups) {
    return groups.count() <= EXACT_MODELS;
  }

  static <S> Order best(Groups groups, Spread<S> spread) {
    List<Prefix<S>> prefixes = List.of(Prefix.empty(groups, spread.start()));
    for (int length = 0; length < groups.count(); length++) {
      Map<Integer, Prefix<S>> longer = new HashMap<>();
      for (Prefix<S> prefix : prefixes) {
        extend(prefix, groups, spread, longer);
      }
      prefixes =
          longer.values().stream()
              .sorted(
                  Comparator.<Prefix<S>>comparingDouble(Prefix::cost).thenComparingInt(Prefix::set))
              .limit(SETS_KEPT)
              .toList();
    }
    Prefix<S> best = prefixes.get(0);
    return new Order(best.cost(), best.order(), best.reach());
  }

  private static <S> void extend(
      Prefix<S> prefix, Groups groups, Spread<S> spread, Map<Integer, Prefix<S>> longer) {
    S after =
        prefix.order().length == 0
            ? prefix.spread()
            : spread.after(prefix.spread(), groups.classes()[prefix.last()]);
    for (int group = 0; group < groups.count(); group++) {
      int set = prefix.set() | 1 << group;
      if (set != prefix.set()) {
        double need = spread.need(after, groups.classes()[group]);
        double cost = prefix.cost() + need * groups.costs()[group];
        Prefix<S> known = longer.get(set);
        if (known == null || cost < known.cost()) {
          longer.put(set, prefix.with(group, need, cost, after));
        }
      }
    }
  }
}
