package org.seeql.planner.optimizer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The best fixed order of an assignment's models. Whether a model still matters depends on the set
 * of models before it, not on their order. A dynamic program therefore runs over these sets. Exact
 * up to {@link #EXACT_MODELS}; beyond that, only the best sets of each size are kept.
 */
final class OrderCosts {
  private static final int EXACT_MODELS = 10;

  // the number of five-model subsets of ten models
  private static final int SETS_KEPT = 252;

  /**
   * The distribution of images over the residual predicates as models answer.
   *
   * @param <S> a state of the distribution
   */
  interface Spread<S> {
    S start();

    /** The state after one more group of classes is answered. */
    S after(S before, int classes);

    /** The share of the images for which at least one of the classes still matters. */
    double need(S spread, int classes);
  }

  /**
   * An order and its expected cost.
   *
   * @param reach the share of the images for which each group runs, by group
   */
  @SuppressWarnings("ArrayRecordComponent") // created in inner loops
  record Order(double cost, int[] groups, double[] reach) {}

  /**
   * The first models, in their best order, with the distribution of images before the last of them.
   */
  @SuppressWarnings("ArrayRecordComponent") // created in inner loops
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
