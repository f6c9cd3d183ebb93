package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Upper bounds on the quality of any assignment, for independent classes. A measure is at least v
 * when the mean payoff {@code part - v · whole} is at least 0. With the rates of the other classes
 * fixed, the mean payoff is linear in the rates of one class. Its maximum is therefore at a corner
 * of the convex hull of the rates.
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

  /**
   * The payoff of each combination of truth and answer for the claim that a measure reaches a
   * value.
   */
  private static double[] payoffs(Bound bound, double value) {
    // true negative, false positive, false negative, true positive
    return switch (bound) {
      case MIN_ACCURACY -> new double[] {1 - value, -value, -value, 1 - value};
      case MIN_PRECISION -> new double[] {0, -value, 0, 1 - value};
      case MIN_RECALL -> new double[] {0, 0, -value, 1 - value};
      case MIN_F1 -> new double[] {0, -value, -value, 2 - 2 * value};
      case MAX_COST_MS -> throw new IllegalArgumentException("the cost is not a quality measure");
    };
  }

  /**
   * The payoffs for a goal: the sum over all quality bounds, or accuracy if the goal is quality.
   */
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

  /** At least 0 if some choice of models lets the measure reach a value. */
  double surplus(Bound bound, double value, double[][][] choices) {
    for (double[][] models : choices) {
      work.add((long) models.length * buffer.length / choices.length + 1);
    }
    return estimates.walk().ceiling(payoffs(bound, value), choices, buffer);
  }

  /**
   * An upper bound on a measure, to 12 decimals; at least {@code known}, a value already reached.
   */
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
   * The models for a class whose rates are corners of the convex hull of all rates. Of models with
   * equal rates, the first by name.
   */
  int[] corners(int variable) {
    List<Integer> sorted = new ArrayList<>();
    for (int model : instance.candidates(variable)) {
      sorted.add(model);
    }
    // by P(shown, yes), then P(not shown, yes): the rates times a prior that all models share
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

  /** The models for each class with which the quality bounds can still be satisfied. */
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
