package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The best ladders of one class while the ladders of the other classes stay the same. Quality is
 * exact and cost is approximate. Keeps one ladder for each first and last model and number of
 * rungs, so that the exact evaluation compares different ladders. For one thread.
 */
final class Proposals {
  private final Objective objective;
  private final Map<Kind, Proposal> best = new HashMap<>();

  private record Kind(int rungs, int first, int last) {}

  /**
   * @param costMillis approximate, of the whole plan
   */
  record Proposal(Ladder ladder, Counts counts, double costMillis) {}

  Proposals(Objective objective) {
    this.objective = objective;
  }

  /** Whether a ladder of this kind with these values would be kept. */
  boolean isBetter(int rungs, int first, int last, Counts counts, double costMillis) {
    Proposal known = best.get(new Kind(rungs, first, last));
    return known == null
        || objective.compare(counts, costMillis, known.counts(), known.costMillis()) < 0;
  }

  void add(Ladder ladder, Counts counts, double costMillis) {
    int[] models = ladder.models();
    best.put(
        new Kind(models.length, models[0], models[models.length - 1]),
        new Proposal(ladder, counts, costMillis));
  }

  /** The best proposals, best first. */
  List<Proposal> best(int most) {
    List<Proposal> sorted = new ArrayList<>(best.values());
    sorted.sort(
        ((Comparator<Proposal>)
                (a, b) -> objective.compare(a.counts(), a.costMillis(), b.counts(), b.costMillis()))
            .thenComparing(p -> p.ladder().models(), Arrays::compare)
            .thenComparing(p -> p.ladder().noBelow(), Arrays::compare)
            .thenComparing(p -> p.ladder().yesFrom(), Arrays::compare));
    return sorted.subList(0, Math.min(most, sorted.size()));
  }
}
