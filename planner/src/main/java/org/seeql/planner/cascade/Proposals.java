package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The best ladders of one class while the ladders of the other classes stay the same. Quality is
 * exact and cost is approximate. Keeps one ladder for each first and last model and number of
 * rungs, so that the exact evaluation compares different ladders. For one thread.
 */
final class Proposals {
  private final Objective objective;
  private final int models;

  /** By number of rungs, first and last model. */
  private final Proposal[] best;

  /**
   * @param costMillis approximate, of the whole plan
   */
  record Proposal(Ladder ladder, Counts counts, double costMillis) {}

  /**
   * @param models number of models of the instance
   */
  Proposals(Objective objective, int models) {
    this.objective = objective;
    this.models = models;
    this.best = new Proposal[States.MAX_RUNGS * models * models];
  }

  private int kind(int rungs, int first, int last) {
    return ((rungs - 1) * models + first) * models + last;
  }

  /** Whether a ladder of this kind with these values would be kept. */
  boolean isBetter(int rungs, int first, int last, Counts counts, double costMillis) {
    Proposal known = best[kind(rungs, first, last)];
    return known == null
        || objective.compare(counts, costMillis, known.counts(), known.costMillis()) < 0;
  }

  void add(Ladder ladder, Counts counts, double costMillis) {
    int[] of = ladder.models();
    best[kind(of.length, of[0], of[of.length - 1])] = new Proposal(ladder, counts, costMillis);
  }

  /** The best proposals, best first. */
  List<Proposal> best(int most) {
    List<Proposal> sorted =
        Arrays.stream(best)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(ArrayList::new));
    sorted.sort(
        ((Comparator<Proposal>)
                (a, b) -> objective.compare(a.counts(), a.costMillis(), b.counts(), b.costMillis()))
            .thenComparing(p -> p.ladder().models(), Arrays::compare)
            .thenComparing(p -> p.ladder().noBelow(), Arrays::compare)
            .thenComparing(p -> p.ladder().yesFrom(), Arrays::compare));
    return sorted.subList(0, Math.min(most, sorted.size()));
  }
}
