package org.seeql.planner.cascade;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node of a cascade at which one model runs.
 *
 * @param reads the index of the rung that is evaluated first, by class. Later rungs whose models
 *     have already run are evaluated too. The verdict of a class is {@link Verdict#UNSURE} if all
 *     of these are unsure
 * @param costMillis of the model, in milliseconds per image that reaches the node
 * @param reach the share of the certification half that reaches the node, 0 to 1
 * @param next the branches; exactly one matches each possible vector of verdicts
 */
public record CascadeNode(
    int id,
    String model,
    SortedMap<String, Integer> reads,
    double costMillis,
    double reach,
    List<CascadeBranch> next)
    implements Serializable {
  public CascadeNode {
    requireNonNull(model, "model is null");
    reads = Collections.unmodifiableSortedMap(new TreeMap<>(reads));
    next = List.copyOf(next);
    if (next.isEmpty()) {
      throw new IllegalArgumentException("node " + id + " has no branch");
    }
  }
}
