package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The nodes of a plan and its cost.
 *
 * @param costMillis the expected cost per image
 */
record PlanGraph(Step root, List<DecisionNode> nodes, double costMillis) {

  /**
   * Builds the graph of a shape, with names in place of numbers.
   *
   * @param reach the share of the images that reach each node
   */
  static PlanGraph of(Instance instance, Groups groups, PlanShape shape, double[] reach) {
    List<DecisionNode> nodes = new ArrayList<>();
    double expected = 0;
    for (int id = 0; id < shape.nodes().size(); id++) {
      PlanShape.Node node = shape.nodes().get(id);
      List<String> run = new ArrayList<>();
      SortedMap<String, String> answers = new TreeMap<>();
      double cost = 0;
      for (int group : node.groups()) {
        String model = instance.models().get(groups.models()[group]).name();
        run.add(model);
        variables(groups.classes()[group] & node.classes())
            .forEach(v -> answers.put(instance.className(v), model));
        cost += groups.costs()[group];
      }
      expected += reach[id] * cost;
      List<Branch> next = node.arcs().stream().map(arc -> branch(instance, arc)).toList();
      nodes.add(new DecisionNode(id, run, answers, cost, reach[id], next));
    }
    return new PlanGraph(step(shape.root()), nodes, expected);
  }

  private static Branch branch(Instance instance, PlanShape.Arc arc) {
    SortedMap<String, Boolean> when = new TreeMap<>();
    variables(arc.classes())
        .forEach(v -> when.put(instance.className(v), (arc.answers() & (1 << v)) != 0));
    return new Branch(when, step(arc.to()));
  }

  private static Step step(int place) {
    return PlanShape.isDecided(place)
        ? new Step.Decide(PlanShape.answer(place))
        : new Step.Then(place);
  }

  private static IntStream variables(int bits) {
    return IntStream.range(0, Integer.SIZE).filter(v -> (bits & (1 << v)) != 0);
  }
}
