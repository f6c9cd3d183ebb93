package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seeql.planner.predicate.DecisionDiagram;

/**
 * A lower bound on the cost of any plan, for independent classes. In each state any model may run
 * and answer any subset of its allowed classes. The rate of yes for a class is the most favourable
 * among its allowed models. The bound is a dynamic program over the residual predicates. Every plan
 * is a path through it, contingent plans included.
 */
final class CostFloor {
  private static final int MAX_CELLS = 12_000_000;

  private final DecisionDiagram diagram;
  private final int function;
  private final int variables;
  private final double[] least;
  private final double[] most;
  private final SearchBudget work;

  /** Models with the same cost and the same classes. */
  private record Kind(double cost, int classes) {}

  private final List<Kind> kinds;

  /**
   * @param allowed the models that may answer each class
   * @param answers P(no) and P(yes), by variable and model
   */
  CostFloor(Instance instance, int[][] allowed, double[][][] answers, SearchBudget work) {
    this.diagram = instance.diagram();
    this.function = instance.function();
    this.variables = instance.variables();
    this.work = work;
    least = new double[variables];
    most = new double[variables];
    int[] classes = new int[instance.models().size()];
    for (int variable = 0; variable < variables; variable++) {
      least[variable] = 1;
      for (int model : allowed[variable]) {
        classes[model] |= 1 << variable;
        least[variable] = Math.min(least[variable], answers[variable][model][1]);
        most[variable] = Math.max(most[variable], answers[variable][model][1]);
      }
    }
    kinds = kinds(instance, classes);
  }

  /**
   * The models, without those for which another is at most as expensive and answers the same
   * classes.
   */
  private static List<Kind> kinds(Instance instance, int[] classes) {
    List<Kind> sorted = new ArrayList<>();
    for (int model = 0; model < classes.length; model++) {
      if (classes[model] != 0) {
        sorted.add(new Kind(instance.cost(model), classes[model]));
      }
    }
    sorted.sort(
        Comparator.comparingDouble(Kind::cost)
            .thenComparingInt(kind -> -Integer.bitCount(kind.classes())));
    List<Kind> kept = new ArrayList<>();
    for (Kind kind : sorted) {
      if (kept.stream().noneMatch(k -> (k.classes() & kind.classes()) == kind.classes())) {
        kept.add(kind);
      }
    }
    return kept;
  }

  /** The lower bound in milliseconds per image; infinite if a class has no allowed model. */
  double millis() {
    int answered = kinds.stream().mapToInt(Kind::classes).reduce(0, (a, b) -> a | b);
    if (answered != diagram.support(function)) {
      return Double.POSITIVE_INFINITY;
    }
    int mostRests = MAX_CELLS / (kinds.size() * (variables + 1));
    List<Integer> rests = rests(mostRests);
    if (rests.size() > mostRests) {
      return kinds.get(0).cost(); // at least one model runs
    }
    return millis(rests);
  }

  /** All residual predicates; those that depend on fewer classes come first. */
  private List<Integer> rests(int enough) {
    Set<Integer> rests = new LinkedHashSet<>();
    List<Integer> todo = new ArrayList<>(List.of(function));
    while (!todo.isEmpty() && rests.size() <= enough) {
      int rest = todo.remove(todo.size() - 1);
      if (rests.add(rest)) {
        for (int open = diagram.support(rest); open != 0; open &= open - 1) {
          int variable = Integer.numberOfTrailingZeros(open);
          todo.add(diagram.rest(rest, variable, false));
          todo.add(diagram.rest(rest, variable, true));
        }
      }
    }
    List<Integer> sorted = new ArrayList<>(rests);
    sorted.sort(Comparator.comparingInt(rest -> Integer.bitCount(diagram.support(rest))));
    return sorted;
  }

  private double millis(List<Integer> rests) {
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < rests.size(); i++) {
      places.put(rests.get(i), i);
    }
    // by kind: the least cost from a residual predicate when the model runs there and may still
    // answer the classes from a variable on
    double[][] from = new double[kinds.size()][rests.size() * (variables + 1)];
    double cost = 0;
    double[] none = new double[variables + 1];
    for (int place = 0; place < rests.size(); place++) {
      int rest = rests.get(place);
      int[] no = new int[variables];
      int[] yes = new int[variables];
      for (int open = diagram.support(rest); open != 0; open &= open - 1) {
        int variable = Integer.numberOfTrailingZeros(open);
        no[variable] = places.get(diagram.rest(rest, variable, false)) * (variables + 1);
        yes[variable] = places.get(diagram.rest(rest, variable, true)) * (variables + 1);
      }
      cost = diagram.isConstant(rest) ? 0 : Double.POSITIVE_INFINITY;
      for (int kind = 0; kind < kinds.size(); kind++) {
        Arrays.fill(none, Double.POSITIVE_INFINITY);
        fill(from[kind], none, kinds.get(kind).classes() & diagram.support(rest), no, yes);
        cost = Math.min(cost, kinds.get(kind).cost() + none[0]);
      }
      for (int kind = 0; kind < kinds.size(); kind++) {
        int at = place * (variables + 1);
        Arrays.fill(none, cost);
        fill(from[kind], none, kinds.get(kind).classes() & diagram.support(rest), no, yes);
        System.arraycopy(none, 0, from[kind], at, variables + 1);
      }
    }
    return cost;
  }

  /** Works back from the last class; the last element is the cost if nothing more is answered. */
  private void fill(double[] from, double[] costs, int classes, int[] no, int[] yes) {
    work.add(variables);
    for (int variable = variables - 1; variable >= 0; variable--) {
      costs[variable] = costs[variable + 1];
      if ((classes & (1 << variable)) != 0) {
        double ifNo = from[no[variable] + variable + 1];
        double ifYes = from[yes[variable] + variable + 1];
        double share = ifYes < ifNo ? most[variable] : least[variable];
        costs[variable] = Math.min(costs[variable], ifNo + share * (ifYes - ifNo));
      }
    }
  }
}
