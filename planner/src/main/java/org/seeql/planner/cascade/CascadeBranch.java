package org.seeql.planner.cascade;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.planner.optimizer.Step;

/**
 * The next step for images with certain verdicts.
 *
 * @param when the required verdicts, by class of the node; a class that is absent matches any
 *     verdict
 */
public record CascadeBranch(SortedMap<String, Verdict> when, Step step) implements Serializable {
  public CascadeBranch {
    when = Collections.unmodifiableSortedMap(new TreeMap<>(when));
    requireNonNull(step, "step is null");
  }
}
