package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seeql.planner.optimizer.PlanShape.Arc;
import org.seeql.planner.predicate.DecisionDiagram;

/** Builds the plan that a table of next models by history describes, with its cost and quality. */
final class ContingentShape {
  private final Instance instance;
  private final DecisionDiagram diagram;
  private final IndependentEstimates estimates;
  private final int[][] models;
  private final int[] radix;
  private final int[] next;
  private final int[] asked;

  private final Map<Integer, Integer> places = new HashMap<>();
  private final List<PlanShape.Node> finished = new ArrayList<>();
  private final List<Double> shares = new ArrayList<>();
  private final double[] ends = new double[PairWalk.COMBINATIONS];

  /**
   * @param next the next model, by history
   * @param asked the classes that the model is asked about, by history
   */
  ContingentShape(
      Instance instance,
      IndependentEstimates estimates,
      int[][] models,
      int[] radix,
      int[] next,
      int[] asked) {
    this.instance = instance;
    this.diagram = instance.diagram();
    this.estimates = estimates;
    this.models = models;
    this.radix = radix;
    this.next = next;
    this.asked = asked;
  }

  ContingentPlans.Contingent build() {
    double[] truths = new double[2 * models.length];
    for (int variable = 0; variable < models.length; variable++) {
      estimates.truths(variable, -1, 0, truths);
    }
    int root = place(0, instance.function(), truths);
    int last = finished.size() - 1;
    List<PlanShape.Node> nodes = new ArrayList<>();
    for (PlanShape.Node node : finished) {
      List<Arc> arcs =
          node.arcs().stream()
              .map(a -> a.to() < 0 ? a : new Arc(a.classes(), a.answers(), last - a.to()))
              .toList();
      nodes.add(new PlanShape.Node(node.groups(), node.classes(), arcs));
    }
    Collections.reverse(nodes);
    Collections.reverse(shares);
    double[] reach = shares.stream().mapToDouble(share -> share).toArray();
    PlanShape shape = new PlanShape(last - root, nodes);
    PlanGraph graph = PlanGraph.of(instance, everyModel(), shape, reach);
    return new ContingentPlans.Contingent(graph, new Quality(ends[3], ends[1], ends[2], ends[0]));
  }

  /** The histories of the plan's nodes, the earliest first. */
  List<Integer> histories() {
    return places.keySet().stream().sorted().toList();
  }

  /**
   * One group for each model, with all classes; the nodes list the classes that it answers there.
   */
  private Groups everyModel() {
    int[] all = new int[instance.models().size()];
    Arrays.setAll(all, model -> model);
    int[] classes = new int[all.length];
    Arrays.fill(classes, -1);
    double[] costs = Arrays.stream(all).mapToDouble(instance::cost).toArray();
    return new Groups(all, classes, costs);
  }

  /**
   * The node of a history.
   *
   * @param truths P(truth and the answers so far), by 2 · variable + truth
   */
  private int place(int history, int rest, double[] truths) {
    if (diagram.isConstant(rest)) {
      double holds = share(diagram, instance.function(), truths);
      ends[2 + rest] += holds;
      ends[rest] += share(diagram, diagram.not(instance.function()), truths);
      return PlanShape.decided(rest);
    }
    Integer known = places.get(history);
    if (known != null) {
      return known;
    }
    List<Arc> arcs = new ArrayList<>();
    split(history, rest, truths, asked[history], new Arc(0, 0, 0), next[history], arcs);
    finished.add(new PlanShape.Node(new int[] {next[history]}, asked[history], arcs));
    shares.add(share(diagram, DecisionDiagram.TRUE, truths));
    places.put(history, finished.size() - 1);
    return finished.size() - 1;
  }

  private void split(
      int history, int rest, double[] truths, int classes, Arc so, int model, List<Arc> arcs) {
    int open = classes & diagram.support(rest);
    if (open == 0) {
      arcs.add(new Arc(so.classes(), so.answers(), place(history, rest, truths)));
      return;
    }
    int variable = Integer.numberOfTrailingZeros(open);
    int bit = 1 << variable;
    int reply = 1 + 2 * Arrays.binarySearch(models[variable], model);
    for (int answer = 0; answer <= 1; answer++) {
      double[] more = truths.clone();
      estimates.truths(variable, model, answer, more);
      split(
          history + radix[variable] * (reply + answer),
          diagram.rest(rest, variable, answer == 1),
          more,
          open & ~bit,
          new Arc(so.classes() | bit, so.answers() | (answer * bit), 0),
          model,
          arcs);
    }
  }

  /**
   * P(a function holds in truth, and the answers so far).
   *
   * @param truths P(truth and the answers so far), by 2 · variable + truth
   */
  static double share(DecisionDiagram diagram, int function, double[] truths) {
    return share(diagram, function, truths, 0);
  }

  private static double share(
      DecisionDiagram diagram, int function, double[] truths, int variable) {
    if (function == DecisionDiagram.FALSE) {
      return 0;
    }
    if (2 * variable == truths.length) {
      return 1;
    }
    double no = share(diagram, diagram.rest(function, variable, false), truths, variable + 1);
    double yes = share(diagram, diagram.rest(function, variable, true), truths, variable + 1);
    return truths[2 * variable] * no + truths[2 * variable + 1] * yes;
  }
}
