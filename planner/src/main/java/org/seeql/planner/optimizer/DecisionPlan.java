package org.seeql.planner.optimizer;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which models answer a predicate, in which order, for which images: a table of nodes, of which
 * several may lead to one. Ids are indices into it, and every node stands before those it leads to.
 *
 * @param assignment the models that answer each class that matters, in order; one, unless the plan
 *     asks different models about it in different branches
 * @param expectedCostMillis milliseconds an image on average, without decoding and loading
 * @param warnings sentences for the user; may be empty
 */
public record DecisionPlan(
    Strategy strategy,
    Bounds bounds,
    Measure maximize,
    SortedMap<String, List<String>> assignment,
    double expectedCostMillis,
    Quality quality,
    Optimality optimality,
    Step root,
    List<DecisionNode> nodes,
    List<String> warnings)
    implements Choice, Serializable {
  public DecisionPlan {
    requireNonNull(strategy, "strategy is null");
    requireNonNull(bounds, "bounds is null");
    requireNonNull(maximize, "maximize is null");
    assignment = Collections.unmodifiableSortedMap(new TreeMap<>(assignment));
    requireNonNull(quality, "quality is null");
    requireNonNull(optimality, "optimality is null");
    requireNonNull(root, "root is null");
    nodes = List.copyOf(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).id() != i) {
        throw new IllegalArgumentException("node " + nodes.get(i).id() + " stands at place " + i);
      }
    }
    warnings = List.copyOf(warnings);
  }

  /** Every model that the plan may run, in order. */
  public SortedSet<String> models() {
    SortedSet<String> models = new TreeSet<>();
    nodes.forEach(node -> models.addAll(node.run()));
    return models;
  }

  /**
   * How far the plan may be from the best, as a share of its cost or as a difference of measure.
   */
  public double gap() {
    if (optimality instanceof Optimality.LowerBound lower) {
      return expectedCostMillis == 0
          ? 0
          : (expectedCostMillis - lower.costMillis()) / expectedCostMillis;
    }
    if (optimality instanceof Optimality.UpperBound upper) {
      return upper.value() - quality.of(maximize);
    }
    return 0;
  }
}
