package org.seeql.planner.optimizer;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A place in a plan where models run.
 *
 * @param run the models, each of which answers something; one, except in plans without an order
 * @param answers the model that answers it here, by class
 * @param costMillis of all models that run here, in milliseconds an image that comes here
 * @param reach the share of the images that come here, 0 to 1
 * @param next where they go on to; exactly one fits each vector of answers
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
      throw new IllegalArgumentException("node " + id + " runs nothing or leads nowhere");
    }
  }
}
