package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What quality no assignment is above, where classes are independent. A measure is at least v where
 * the payoff {@code part - v · whole} is at least 0 on average; and that average is, in the rates
 * of each class with the others fixed, a plane: its greatest value lies at a corner of the convex
 * hull of the rates.
 */
final class Ceiling {
  private final Instance instance;
  private final IndependentEstimates estimates;
  private final SearchBudget work;
  private final double[] buffer;

  Ceiling(Instance instance, IndependentEstimates estimates, SearchBudget work) {
    this.instance = instance;
    this.estimates = estimates;
    this.work = work;
    this.buffer = new double[estimates.walk().places()];
  }

  /** What each end of the predicate is worth if a measure is to be at least a value. */
  private static double[] payoffs(Bound bound, double value) {
    // true negative, false positive, false negative, true positive
    return switch (bound) {
      case MIN_ACCURACY -> new double[] {1 - value, -value, -value, 1 - value};
      case MIN_PRECISION -> new double[] {0, -value, 0, 1 - value};
      case MIN_RECALL -> new double[] {0, 0, -value, 1 - value};
      case MIN_F1 -> new double[] {0, -value, -value, 2 - 2 * value};
      case MAX_COST_MS -> throw new IllegalArgumentException("the cost is no measure of quality");
    };
  }

  /** What each end is worth for a goal: all bounds of quality together, or being right. */
  static double[] payoffs(Goal goal) {
    if (!goal.isCost()) {
      return payoffs(Bound.MIN_ACCURACY, 0);
    }
    double[] sum = new double[PairWalk.COMBINATIONS];
    for (Bound bound : goal.qualityBounds()) {
      double[] one = payoffs(bound, goal.bounds().find(bound).orElseThrow());
      Arrays.setAll(sum, i -> sum[i] + one[i]);
    }
    return sum;
  }

  /** P(truth, answer) of models. */
  double[][] choices(int variable, int... models) {
    double[][] choices = new double[models.length][];
    for (int i = 0; i < models.length; i++) {
      choices[i] = estimates.joint()[variable][models[i]];
    }
    return choices;
  }

  /** At least 0 if any choice lets a measure be at least a value. */
  double surplus(Bound bound, double value, double[][][] choices) {
    for (double[][] models : choices) {
      work.add((long) models.length * buffer.length / choices.length + 1);
    }
    return estimates.walk().ceiling(payoffs(bound, value), choices, buffer);
  }

  /** What a measure cannot be above, to 12 decimals; at least a value that is known. */
  double greatest(Bound bound, double[][][] choices, double known) {
    double low = known;
    double high = 1;
    while (high - low > 1e-12) {
      double middle = (low + high) / 2;
      if (surplus(bound, middle, choices) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * The models for a class whose rates are corners of the convex hull of all; of equals the first
   * by name.
   */
  int[] corners(int variable) {
    List<Integer> sorted = new ArrayList<>();
    for (int model : instance.candidates(variable)) {
      sorted.add(model);
    }
    // shown and said, not shown and said: the rates times what both have in common
    sorted.sort(
        Comparator.<Integer>comparingDouble(m -> shown(variable, m))
            .thenComparingDouble(m -> notShown(variable, m))
            .thenComparing(Comparator.naturalOrder()));
    List<Integer> corners = new ArrayList<>(chain(variable, sorted));
    java.util.Collections.reverse(sorted);
    corners.addAll(chain(variable, sorted));
    return corners.stream().mapToInt(m -> m).distinct().toArray();
  }

  private double shown(int variable, int model) {
    return estimates.joint()[variable][model][3];
  }

  private double notShown(int variable, int model) {
    return estimates.joint()[variable][model][1];
  }

  /** One side of the hull (Andrew's monotone chain, 1979). */
  private List<Integer> chain(int variable, List<Integer> sorted) {
    List<Integer> chain = new ArrayList<>();
    for (int model : sorted) {
      int size = chain.size();
      if (size > 0 && isSame(variable, chain.get(size - 1), model)) {
        continue;
      }
      while (size > 1 && !turnsLeft(variable, chain.get(size - 2), chain.get(size - 1), model)) {
        chain.remove(--size);
      }
      chain.add(model);
    }
    return chain;
  }

  private boolean isSame(int variable, int a, int b) {
    return shown(variable, a) == shown(variable, b)
        && notShown(variable, a) == notShown(variable, b);
  }

  private boolean turnsLeft(int variable, int a, int b, int c) {
    double x = shown(variable, b) - shown(variable, a);
    double y = notShown(variable, b) - notShown(variable, a);
    double turn =
        x * (notShown(variable, c) - notShown(variable, a))
            - y * (shown(variable, c) - shown(variable, a));
    return turn > 0;
  }

  /** The models for each class under which the bounds of quality are in reach at all. */
  int[][] allowed(Goal goal) {
    double[][][] choices = new double[instance.variables()][][];
    for (int variable = 0; variable < choices.length; variable++) {
      choices[variable] = choices(variable, corners(variable));
    }
    int[][] allowed = new int[choices.length][];
    for (int variable = 0; variable < choices.length; variable++) {
      double[][] all = choices[variable];
      List<Integer> models = new ArrayList<>();
      for (int model : instance.candidates(variable)) {
        choices[variable] = choices(variable, model);
        if (isInReach(goal, choices)) {
          models.add(model);
        }
      }
      choices[variable] = all;
      allowed[variable] = models.stream().mapToInt(m -> m).toArray();
    }
    return allowed;
  }

  private boolean isInReach(Goal goal, double[][][] choices) {
    for (Bound bound : goal.qualityBounds()) {
      double least = goal.bounds().find(bound).orElseThrow() - 2 * Goal.SLACK;
      if (surplus(bound, least, choices) < 0) {
        return false;
      }
    }
    return true;
  }
}
