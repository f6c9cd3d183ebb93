package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Selects the few models that contingent plans choose from when there are many. */
final class ContingentModels {
  private ContingentModels() {}

  /**
   * For each class, the assigned model, then in turn the cheapest and the most accurate of the
   * others. Stops when there would be too many histories. The models are in the order of their
   * numbers.
   */
  static int[][] choose(
      Instance instance, Estimates estimates, int[] assignment, int mostHistories) {
    List<List<Integer>> ranked = new ArrayList<>();
    int[] taken = new int[assignment.length];
    double histories = 1;
    for (int variable = 0; variable < assignment.length; variable++) {
      ranked.add(ranked(instance, estimates, assignment, variable));
      taken[variable] = 1;
      histories *= 3;
    }
    boolean isMore = histories <= mostHistories;
    while (isMore) {
      isMore = false;
      for (int variable = 0; variable < taken.length; variable++) {
        double more = histories / (1 + 2 * taken[variable]) * (3 + 2 * taken[variable]);
        if (taken[variable] < ranked.get(variable).size() && more <= mostHistories) {
          taken[variable]++;
          histories = more;
          isMore = true;
        }
      }
    }
    int[][] models = new int[taken.length][];
    for (int variable = 0; variable < taken.length; variable++) {
      List<Integer> best = ranked.get(variable).subList(0, taken[variable]);
      models[variable] = best.stream().mapToInt(m -> m).sorted().toArray();
    }
    return models;
  }

  /** Whether the limit on histories leaves more than one model to choose from. */
  static boolean isWorthWhile(int variables, int mostHistories) {
    return variables > 1 && Math.pow(3, variables) * 5 / 3 <= mostHistories;
  }

  private static List<Integer> ranked(
      Instance instance, Estimates estimates, int[] assignment, int variable) {
    List<Integer> cheap = Arrays.stream(instance.candidates(variable)).boxed().toList();
    List<Integer> accurate = new ArrayList<>(cheap);
    accurate.sort(
        Comparator.<Integer>comparingDouble(m -> -estimates.accuracy(m, variable))
            .thenComparing(instance::cost)
            .thenComparing(Comparator.naturalOrder()));
    cheap =
        cheap.stream()
            .sorted(
                Comparator.<Integer>comparingDouble(instance::cost)
                    .thenComparingDouble(m -> -estimates.accuracy(m, variable))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    Set<Integer> ranked = new LinkedHashSet<>(List.of(assignment[variable]));
    for (int i = 0; i < cheap.size(); i++) {
      ranked.add(cheap.get(i));
      ranked.add(accurate.get(i));
    }
    return new ArrayList<>(ranked);
  }
}
