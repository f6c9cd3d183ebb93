package org.seeql.planner.optimizer;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the images with certain answers go.
 *
 * @param when the answers, by class of the node; a class that is not here may have either
 */
public record Branch(SortedMap<String, Boolean> when, Step step) implements Serializable {
  public Branch {
    when = Collections.unmodifiableSortedMap(new TreeMap<>(when));
    requireNonNull(step, "step is null");
  }
}
