package org.seeql.planner.optimizer;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The next step for images with certain answers.
 *
 * @param when the required answers, by class of the node; a class that is absent matches any answer
 */
public record Branch(SortedMap<String, Boolean> when, Step step) implements Serializable {
  public Branch {
    when = Collections.unmodifiableSortedMap(new TreeMap<>(when));
    requireNonNull(step, "step is null");
  }
}
