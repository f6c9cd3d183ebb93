package org.seeql.planner.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The frequencies of classes that are independent of each other.
 *
 * @param shares the share of the selected images that show the class, 0 to 1
 */
public record Priors(SortedMap<String, Double> shares) implements World {
  public Priors {
    shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
    shares.forEach(
        (name, share) -> {
          if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                "the share of " + name + " is not between 0 and 1: " + share);
          }
        });
  }

  /** Priors with the classes in any order. */
  public static Priors of(Map<String, Double> shares) {
    return new Priors(new TreeMap<>(shares));
  }

  @Override
  public boolean covers(String className) {
    return shares.containsKey(className);
  }
}
