package org.seeql.planner.optimizer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.seeql.planner.predicate.DecisionDiagram;

/**
 * The least expected cost of an assignment for independent classes. Runs a dynamic program over the
 * residual predicate, since past answers say nothing else about the remaining classes.
 */
final class ResidualCosts {
  /**
   * Two models are equally good in a state within this tolerance, relative to the cost and to 1.
   */
  static final double TIE = 1e-12;

  private final DecisionDiagram diagram;
  private final double[][][] answers;
  private final SearchBudget work;

  private Groups groups = new Groups(new int[0], new int[0], new double[0]);
  private double[] yes = {};
  private double[] no = {};
  private double[] known = new double[256];
  private int[] knownIn = new int[256];
  private int round;

  /**
   * @param answers P(no) and P(yes), by variable and model
   */
  ResidualCosts(DecisionDiagram diagram, double[][][] answers, SearchBudget work) {
    this.diagram = diagram;
    this.answers = answers;
    this.work = work;
  }

  /** Sets the assignment to which later calls refer. */
  void assign(Groups ofAssignment, int[] assignment) {
    groups = ofAssignment;
    yes = new double[assignment.length];
    no = new double[assignment.length];
    for (int variable = 0; variable < assignment.length; variable++) {
      double[] probabilities = answers[variable][assignment[variable]];
      no[variable] = probabilities[0];
      yes[variable] = probabilities[1];
    }
    round++;
  }

  /** The least expected cost from a residual predicate on. */
  double cost(int rest) {
    if (diagram.isConstant(rest)) {
      return 0;
    }
    if (rest < known.length && knownIn[rest] == round) {
      return known[rest];
    }
    double least = Double.POSITIVE_INFINITY;
    for (int group = 0; group < groups.count(); group++) {
      int open = groups.classes()[group] & diagram.support(rest);
      double cost = groups.costs()[group];
      if (open != 0 && cost < least) {
        least = Math.min(least, cost + costAfter(rest, open));
      }
    }
    work.add(groups.count());
    keep(rest, least);
    return least;
  }

  private void keep(int rest, double cost) {
    if (rest >= known.length) {
      int size = Math.max(2 * known.length, diagram.size());
      known = Arrays.copyOf(known, size);
      knownIn = Arrays.copyOf(knownIn, size);
    }
    known[rest] = cost;
    knownIn[rest] = round;
  }

  private double costAfter(int rest, int classes) {
    int open = classes & diagram.support(rest);
    if (open == 0) {
      return cost(rest);
    }
    work.add(1);
    int variable = Integer.numberOfTrailingZeros(open);
    int others = open & open - 1;
    return no[variable] * costAfter(diagram.rest(rest, variable, false), others)
        + yes[variable] * costAfter(diagram.rest(rest, variable, true), others);
  }

  /** The share of the images for which the best plan runs each group. */
  double[] reach(int function) {
    double[] reach = new double[groups.count()];
    Map<Integer, Double> shares = new HashMap<>();
    // every model removes classes, so the share of a residual predicate is complete when it is
    // polled
    PriorityQueue<Integer> rests =
        new PriorityQueue<>(
            Comparator.comparingInt((Integer rest) -> -Integer.bitCount(diagram.support(rest)))
                .thenComparing(Comparator.naturalOrder()));
    shares.put(function, 1.0);
    rests.add(function);
    while (!rests.isEmpty()) {
      int rest = rests.remove();
      int group = next(rest);
      double share = shares.get(rest);
      reach[group] += share;
      spread(rest, groups.classes()[group], share, shares, rests);
    }
    return reach;
  }

  private void spread(
      int rest, int classes, double share, Map<Integer, Double> shares, Queue<Integer> rests) {
    int open = classes & diagram.support(rest);
    if (open != 0) {
      int variable = Integer.numberOfTrailingZeros(open);
      int others = open & (open - 1);
      spread(diagram.rest(rest, variable, false), others, share * no[variable], shares, rests);
      spread(diagram.rest(rest, variable, true), others, share * yes[variable], shares, rests);
    } else if (!diagram.isConstant(rest)) {
      if (!shares.containsKey(rest)) {
        rests.add(rest);
      }
      shares.merge(rest, share, Double::sum);
    }
  }

  /** The next group: the first by name among those with the least cost from here. */
  int next(int rest) {
    double limit = cost(rest);
    limit += TIE * Math.max(1, limit);
    for (int group = 0; group < groups.count(); group++) {
      int open = groups.classes()[group] & diagram.support(rest);
      if (open != 0 && groups.costs()[group] + costAfter(rest, open) <= limit) {
        return group;
      }
    }
    throw new IllegalStateException("no model of the assignment answers the remaining predicate");
  }
}
