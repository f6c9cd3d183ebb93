package org.seeql.planner.cascade;

import java.util.List;

/**
 * Proposes ladders for one class of a plan. The other ladders and the order of the models stay the
 * same, so the quality of a proposal is exact. Its cost is approximate: a rung is assumed to run on
 * the rows on which the class is evaluated now, unless its model already runs on them for other
 * classes. For one thread.
 */
final class ClassStep {
  private final CascadeInstance instance;
  private final Half half;
  private final Thresholds[] thresholds;
  private final int variable;
  private final Proposals proposals;
  private final double otherCost;
  private final int otherFitted;

  /** The rows on which each model would run for this class alone, if the class is undecided. */
  private final long[][] paid;

  private final ClassRows rows;

  /**
   * @param thresholds by model; null if the model does not know the class
   * @param otherCost of the plan without this class, approximately
   * @param otherFitted the fitted thresholds of the other classes, see {@link Counts}
   * @param ifNo the rows for which the plan answers yes if it answers no for the class
   * @param ifYes the rows for which the plan answers yes if it answers yes for the class
   * @param paid by model: the rows on which the class is evaluated and the model does not run for
   *     other classes
   */
  ClassStep(
      CascadeInstance instance,
      Thresholds[] thresholds,
      int variable,
      Proposals proposals,
      double otherCost,
      int otherFitted,
      long[] ifNo,
      long[] ifYes,
      long[][] paid) {
    this.instance = instance;
    this.half = instance.selection();
    this.thresholds = thresholds;
    this.variable = variable;
    this.proposals = proposals;
    this.otherCost = otherCost;
    this.otherFitted = otherFitted;
    this.paid = paid;
    this.rows = new ClassRows(half, thresholds, ifNo, ifYes, paid);
  }

  /** The approximate cost of the class in a plan, in milliseconds per row. */
  static double cost(
      CascadeInstance instance, Thresholds[] thresholds, Ladder ladder, long[][] paid) {
    int rows = instance.selection().rows();
    long[] reach = RowSet.all(rows);
    double total = 0;
    for (int rung = 0; rung < ladder.rungs(); rung++) {
      int model = ladder.models()[rung];
      total += instance.cost(model) * countBoth(reach, paid[model]);
      long[][] atLeast = thresholds[model].atLeast();
      for (int i = 0; i < reach.length; i++) {
        reach[i] &= atLeast[ladder.noBelow()[rung]][i] & ~atLeast[ladder.yesFrom()[rung]][i];
      }
    }
    return rows == 0 ? 0 : total / rows;
  }

  private static int countBoth(long[] a, long[] b) {
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      count += Long.bitCount(a[i] & b[i]);
    }
    return count;
  }

  /** Proposes every ladder with one rung. */
  void proposeSingles() {
    for (int model : instance.candidates(variable)) {
      proposeLast(Ladder.of(model, 0), 0);
    }
  }

  /**
   * Proposes ladders with two rungs.
   *
   * @param most the approximate number of ladders
   */
  void proposePairs(long most) {
    List<Integer> models = instance.candidates(variable);
    List<int[]> pairs =
        models.stream()
            .flatMap(first -> models.stream().map(last -> new int[] {first, last}))
            .filter(pair -> mayPrecede(pair[0], pair[1]))
            .toList();
    long each = pairs.isEmpty() ? 0 : most / pairs.size();
    // a third of the values for each of the three thresholds
    int values = (int) Math.max(2, Math.cbrt((double) each));
    for (int[] pair : pairs) {
      proposePair(pair[0], pair[1], values);
    }
  }

  /** Whether a model is cheaper than another one for this class. */
  private boolean mayPrecede(int first, int last) {
    return first != last
        && instance.cost(first) * RowSet.count(paid[first])
            < instance.cost(last) * RowSet.count(paid[last]) + 1e-12;
  }

  private void proposePair(int first, int last, int values) {
    Thresholds of = thresholds[first];
    int[] lows = some(of.lows(), values);
    int[] highs = some(of.highs(), values);
    int[] ends = some(inner(thresholds[last]), values + 1);
    PairSums sums =
        new PairSums(rows, first, of.values().length, last, thresholds[last].values().length);
    int paidFirst = RowSet.count(paid[first]);
    for (int low : lows) {
      for (int high : highs) {
        if (low < high && !(low == 0 && high == of.never())) {
          double cost =
              otherCost
                  + (instance.cost(first) * paidFirst
                          + instance.cost(last) * sums.paidLast(low, high))
                      / half.rows();
          int fitted = otherFitted + (low > 0 ? 1 : 0) + (high < of.never() ? 1 : 0);
          for (int end : ends) {
            Counts counts =
                rows.counts(sums.returned(low, high, end), sums.right(low, high, end), fitted);
            if (proposals.isBetter(2, first, last, counts, cost)) {
              proposals.add(
                  new Ladder(new int[] {first, last}, new int[] {low, end}, new int[] {high, end}),
                  counts,
                  cost);
            }
          }
        }
      }
    }
  }

  /** Proposes ladders that differ from a ladder in one rung. */
  void proposeNeighbours(Ladder ladder, int values) {
    propose(ladder);
    for (int rung = 0; rung < ladder.rungs(); rung++) {
      boolean isLast = rung == ladder.rungs() - 1;
      if (isLast) {
        proposeLast(ladder, rung);
      } else {
        proposeThresholds(ladder, rung, Integer.MAX_VALUE);
        propose(ladder.without(rung));
        if (rung == ladder.rungs() - 2) {
          proposeLast(ladder.without(rung + 1), rung);
        }
      }
    }
    for (int model : instance.candidates(variable)) {
      if (!ladder.uses(model)) {
        proposeWith(ladder, model, values);
      }
    }
  }

  private void proposeWith(Ladder ladder, int model, int values) {
    for (int rung = 0; rung < ladder.rungs(); rung++) {
      if (ladder.rungs() < States.MAX_RUNGS) {
        proposeThresholds(ladder.with(rung, model, 0, 0), rung, values);
      }
      if (rung < ladder.rungs() - 1) {
        proposeThresholds(ladder.replaced(rung, model, 0, 0), rung, values);
      } else {
        proposeLast(ladder.replaced(rung, model, 0, 0), rung);
      }
    }
  }

  /** Proposes all thresholds for the last rung. */
  private void proposeLast(Ladder ladder, int rung) {
    Thresholds of = thresholds[ladder.models()[rung]];
    RungSums sums = new RungSums(rows, ladder, rung, of.values().length);
    for (int end : inner(of)) {
      propose(ladder, sums, rung, end, end);
    }
  }

  /** Proposes pairs of thresholds for a rung that is not the last. */
  private void proposeThresholds(Ladder ladder, int rung, int values) {
    Thresholds of = thresholds[ladder.models()[rung]];
    RungSums sums = new RungSums(rows, ladder, rung, of.values().length);
    for (int low : some(of.lows(), values)) {
      for (int high : some(of.highs(), values)) {
        if (low < high && !(low == 0 && high == of.never())) {
          propose(ladder, sums, rung, low, high);
        }
      }
    }
  }

  private void propose(Ladder ladder) {
    int last = ladder.rungs() - 1;
    Thresholds of = thresholds[ladder.models()[last]];
    RungSums sums = new RungSums(rows, ladder, last, of.values().length);
    propose(ladder, sums, last, ladder.noBelow()[last], ladder.yesFrom()[last]);
  }

  /** Proposes a ladder with other thresholds in one rung. */
  private void propose(Ladder ladder, RungSums sums, int rung, int low, int high) {
    int[] models = ladder.models();
    double total = 0;
    for (int i = 0; i < models.length; i++) {
      total += instance.cost(models[i]) * sums.paid(i, low, high);
    }
    double cost = otherCost + (half.rows() == 0 ? 0 : total / half.rows());
    Counts counts =
        sums.counts(
            low,
            high,
            otherFitted + ladder.replaced(rung, models[rung], low, high).fitted(thresholds));
    if (proposals.isBetter(models.length, models[0], models[models.length - 1], counts, cost)) {
      proposals.add(ladder.replaced(rung, models[rung], low, high), counts, cost);
    }
  }

  /** All thresholds that neither answer all rows nor none. */
  private static int[] inner(Thresholds thresholds) {
    int[] inner = new int[Math.max(0, thresholds.never() - 1)];
    for (int i = 0; i < inner.length; i++) {
      inner[i] = i + 1;
    }
    return inner;
  }

  /** At most this many of some values, evenly spread, with the first and the last. */
  private static int[] some(int[] values, int most) {
    if (values.length <= most) {
      return values;
    }
    int[] chosen = new int[most];
    for (int i = 0; i < most; i++) {
      chosen[i] = values[(int) ((long) i * (values.length - 1) / Math.max(1, most - 1))];
    }
    return chosen;
  }
}
