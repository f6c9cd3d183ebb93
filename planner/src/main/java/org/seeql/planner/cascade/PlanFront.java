package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The plans that the search has evaluated, without those for which another plan is at least as
 * cheap and as safe. For one thread.
 */
final class PlanFront {
  /** Tested plans differ in cost by at least this share. */
  private static final double STEP = 0.02;

  private final Objective objective;
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(Candidate plan, double safety) {}

  /**
   * @param objective plans that do not satisfy its quality bounds are left out
   */
  PlanFront(Objective objective) {
    this.objective = objective;
  }

  void add(Candidate plan) {
    if (objective.shortfall(plan.counts()) > 0) {
      return;
    }
    double safety = objective.safety(plan.counts());
    if (entries.stream().anyMatch(entry -> isAtLeastAsGood(entry, plan, safety))) {
      return;
    }
    Entry added = new Entry(plan, safety);
    entries.removeIf(entry -> isAtLeastAsGood(added, entry.plan, entry.safety));
    entries.add(added);
  }

  private static boolean isAtLeastAsGood(Entry entry, Candidate plan, double safety) {
    return entry.safety <= safety && entry.plan.costMillis() <= plan.costMillis();
  }

  /**
   * Plans from the safest to the cheapest, each cheaper than the one before.
   *
   * @param first the first of them
   */
  List<Candidate> sequence(Candidate first) {
    List<Candidate> sequence = new ArrayList<>(List.of(first));
    List<Candidate> byCost =
        entries.stream()
            .map(Entry::plan)
            .sorted(Comparator.comparingDouble(Candidate::costMillis).reversed())
            .toList();
    for (int i = 0; i < byCost.size(); i++) {
      double last = sequence.get(sequence.size() - 1).costMillis();
      double cost = byCost.get(i).costMillis();
      boolean isCheapest = i == byCost.size() - 1;
      if (cost < last * (1 - STEP) || (isCheapest && cost < last)) {
        sequence.add(byCost.get(i));
      }
    }
    return sequence;
  }
}
