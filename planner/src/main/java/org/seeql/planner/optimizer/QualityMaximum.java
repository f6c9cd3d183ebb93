package org.seeql.planner.optimizer;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Finds the assignment with the greatest value of one measure, whatever it costs. Runs coordinate
 * ascent from several starts, then branch and bound if classes are independent.
 */
final class QualityMaximum {
  private static final int RANDOM_STARTS = 6;
  private static final int MAX_BRANCHES = 4_000;

  // rounding error when probabilities are added
  private static final double ROUNDING = 1e-12;

  private final Estimates estimates;
  private final Optional<Ceiling> ceiling;
  private final Bound bound;
  private final SearchBudget work;
  private final int[][] candidates;

  private int[] best;
  private double bestValue = Double.NEGATIVE_INFINITY;
  private int branches;

  QualityMaximum(
      Instance instance,
      Estimates estimates,
      Optional<Ceiling> ceiling,
      Bound bound,
      SearchBudget work) {
    this.estimates = estimates;
    this.ceiling = ceiling;
    this.bound = bound;
    this.work = work;
    this.best = new int[instance.variables()];
    this.candidates = new int[instance.variables()][];
    for (int variable = 0; variable < candidates.length; variable++) {
      int all = variable;
      candidates[variable] =
          ceiling.map(c -> c.corners(all)).orElseGet(() -> instance.candidates(all));
    }
  }

  /**
   * The result of the search.
   *
   * @param ceiling an upper bound for all assignments
   */
  record Result(Evaluated best, double value, double ceiling) {
    boolean isExact() {
      return ceiling <= value + Goal.SLACK;
    }
  }

  Result run() {
    for (int start = 0; start < RANDOM_STARTS && (start == 0 || !work.isLate()); start++) {
      ascend(start);
    }
    double limit = 1;
    if (ceiling.isPresent()) {
      double[][][] choices = new double[candidates.length][][];
      for (int variable = 0; variable < candidates.length; variable++) {
        choices[variable] = ceiling.get().choices(variable, candidates[variable]);
      }
      branch(choices, 0, new int[candidates.length]);
      limit =
          branches <= MAX_BRANCHES ? bestValue : ceiling.get().greatest(bound, choices, bestValue);
    }
    return new Result(new Evaluated(best, estimates.quality(best), 0), bestValue, limit);
  }

  private void ascend(int start) {
    SplittableRandom random = new SplittableRandom(start);
    int[] assignment = new int[candidates.length];
    for (int variable = 0; variable < assignment.length; variable++) {
      assignment[variable] =
          start == 0
              ? mostAccurate(variable)
              : candidates[variable][random.nextInt(candidates[variable].length)];
    }
    double value = estimates.quality(assignment).of(bound);
    for (double before = -1; value > before + ROUNDING && !work.isLate(); ) {
      before = value;
      for (int variable = 0; variable < assignment.length; variable++) {
        value = improve(assignment, variable, value);
      }
    }
    offer(assignment, value);
  }

  private int mostAccurate(int variable) {
    int most = candidates[variable][0];
    for (int model : candidates[variable]) {
      if (estimates.accuracy(model, variable) > estimates.accuracy(most, variable)) {
        most = model;
      }
    }
    return most;
  }

  private double improve(int[] assignment, int variable, double from) {
    double value = from;
    int chosen = assignment[variable];
    for (int model : candidates[variable]) {
      assignment[variable] = model;
      double other = estimates.quality(assignment).of(bound);
      if (other > value + ROUNDING) {
        value = other;
        chosen = model;
      }
    }
    assignment[variable] = chosen;
    return value;
  }

  private void offer(int[] assignment, double value) {
    if (value > bestValue) {
      bestValue = value;
      best = assignment.clone();
    }
  }

  private void branch(double[][][] choices, int variable, int[] assignment) {
    if (++branches > MAX_BRANCHES || ceiling.get().surplus(bound, bestValue, choices) <= ROUNDING) {
      return;
    }
    if (variable == assignment.length) {
      offer(assignment, estimates.quality(assignment).of(bound));
      return;
    }
    double[][] all = choices[variable];
    for (int i = 0; i < all.length; i++) {
      choices[variable] = Arrays.copyOfRange(all, i, i + 1);
      assignment[variable] = candidates[variable][i];
      branch(choices, variable + 1, assignment);
    }
    choices[variable] = all;
  }
}
