package org.seeql.planner.optimizer;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node of a plan at which models run.
 *
 * @param run the models, each of which answers at least one class; one model, except in plans
 *     without an order
 * @param answers the model that answers a class at this node, by class
 * @param costMillis of all models that run at this node, in milliseconds per image that reaches it
 * @param reach the share of the images that reach this node, 0 to 1
 * @param next the branches; exactly one matches each vector of answers
 */
public record DecisionNode(
    int id,
    List<String> run,
    SortedMap<String, String> answers,
    double costMillis,
    double reach,
    List<Branch> next)
    implements Serializable {
  public DecisionNode {
    run = List.copyOf(run);
    answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
    next = List.copyOf(next);
    if (run.isEmpty() || next.isEmpty()) {
      throw new IllegalArgumentException("node " + id + " has no model or no branch");
    }
  }
}
