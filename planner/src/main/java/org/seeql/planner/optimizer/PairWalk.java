package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seeql.planner.predicate.DecisionDiagram;

/**
 * A diagram that evaluates the predicate on truth and answers at the same time. A place is a pair:
 * the residual function of the truth and that of the answers. The truth and the answer of one class
 * lead from a place to the next. At the end both are constants. Immutable.
 */
final class PairWalk {
  /** Combinations of a truth and an answer: {@code 2 · truth + answer}. */
  static final int COMBINATIONS = 4;

  private final int[] variables;
  private final int[] next;

  private PairWalk(int[] variables, int[] next) {
    this.variables = variables;
    this.next = next;
  }

  private record Pair(int truth, int answers) {}

  static PairWalk of(DecisionDiagram diagram, int function) {
    List<Pair> pairs = new ArrayList<>();
    Map<Pair, Integer> places = new HashMap<>();
    collect(diagram, new Pair(function, function), pairs, places);
    // the earlier variable comes first, so that every place comes before its successors
    pairs.sort(Comparator.comparingInt(p -> top(diagram, p)));
    for (int i = 0; i < pairs.size(); i++) {
      places.put(pairs.get(i), i);
    }
    int[] variables = pairs.stream().mapToInt(p -> top(diagram, p)).toArray();
    int[] next = new int[pairs.size() * COMBINATIONS];
    for (int i = 0; i < next.length; i++) {
      Pair to = after(diagram, pairs.get(i / COMBINATIONS), i % COMBINATIONS);
      next[i] = isEnd(to) ? ~(2 * to.truth() + to.answers()) : places.get(to);
    }
    return new PairWalk(variables, next);
  }

  private static void collect(
      DecisionDiagram diagram, Pair pair, List<Pair> pairs, Map<Pair, Integer> places) {
    if (isEnd(pair) || places.putIfAbsent(pair, pairs.size()) != null) {
      return;
    }
    pairs.add(pair);
    for (int combination = 0; combination < COMBINATIONS; combination++) {
      collect(diagram, after(diagram, pair, combination), pairs, places);
    }
  }

  private static boolean isEnd(Pair pair) {
    return pair.truth() <= DecisionDiagram.TRUE && pair.answers() <= DecisionDiagram.TRUE;
  }

  private static int top(DecisionDiagram diagram, Pair pair) {
    return Math.min(diagram.variable(pair.truth()), diagram.variable(pair.answers()));
  }

  private static Pair after(DecisionDiagram diagram, Pair pair, int combination) {
    int variable = top(diagram, pair);
    return new Pair(
        diagram.rest(pair.truth(), variable, combination >= 2),
        diagram.rest(pair.answers(), variable, combination % 2 == 1));
  }

  int places() {
    return variables.length;
  }

  /**
   * The probability of each combination of true and predicted value of the predicate.
   *
   * @param joint P(truth, answer) of the combinations, by variable and model
   * @param mass a buffer of {@link #places()}
   * @return by {@code 2 · truth + answer} of the whole predicate
   */
  double[] ends(int[] assignment, double[][][] joint, double[] mass) {
    double[] ends = new double[COMBINATIONS];
    Arrays.fill(mass, 0);
    mass[0] = 1;
    for (int place = 0; place < variables.length; place++) {
      int variable = variables[place];
      double[] probabilities = joint[variable][assignment[variable]];
      double here = mass[place];
      for (int combination = 0; combination < COMBINATIONS; combination++) {
        int to = next[place * COMBINATIONS + combination];
        double share = here * probabilities[combination];
        if (to < 0) {
          ends[~to] += share;
        } else {
          mass[to] += share;
        }
      }
    }
    return ends;
  }

  /**
   * The greatest expected payoff if each place may choose its own model for a class. It is an upper
   * bound for assignments, which choose once for all places.
   *
   * @param payoffs by {@code 2 · truth + answer} of the whole predicate
   * @param choices P(truth, answer) of the combinations, by variable, of the models to choose from
   * @param value a buffer of {@link #places()}
   */
  double ceiling(double[] payoffs, double[][][] choices, double[] value) {
    for (int place = variables.length - 1; place >= 0; place--) {
      double best = Double.NEGATIVE_INFINITY;
      double[] then = new double[COMBINATIONS];
      for (int combination = 0; combination < COMBINATIONS; combination++) {
        int to = next[place * COMBINATIONS + combination];
        then[combination] = to < 0 ? payoffs[~to] : value[to];
      }
      for (double[] p : choices[variables[place]]) {
        double payoff = p[0] * then[0] + p[1] * then[1] + p[2] * then[2] + p[3] * then[3];
        best = Math.max(best, payoff);
      }
      value[place] = best;
    }
    return value[0];
  }
}
