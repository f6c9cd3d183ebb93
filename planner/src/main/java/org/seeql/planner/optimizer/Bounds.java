package org.seeql.planner.optimizer;

import java.io.Serializable;
import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The limits that a plan must satisfy.
 *
 * @param values quality bounds from 0 to 1; the cost bound in milliseconds per image, at least 0
 *     and finite
 */
public record Bounds(SortedMap<Bound, Double> values) implements Serializable {
  public static final Bounds NONE = new Bounds(new TreeMap<>());

  public Bounds {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    values.forEach(
        (bound, value) -> {
          double most = bound.isOfQuality() ? 1 : Double.MAX_VALUE;
          if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException(
                bound.word() + " is out of range: " + value + " (0 to " + most + ")");
          }
        });
  }

  /** These bounds with one more, which replaces a bound of the same kind. */
  public Bounds with(Bound bound, double value) {
    SortedMap<Bound, Double> copy = new TreeMap<>(values);
    copy.put(bound, value);
    return new Bounds(copy);
  }

  /** These bounds without one of them. */
  public Bounds without(Bound bound) {
    SortedMap<Bound, Double> copy = new TreeMap<>(values);
    copy.remove(bound);
    return new Bounds(copy);
  }

  public OptionalDouble find(Bound bound) {
    Double value = values.get(bound);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /**
   * Whether quality has a bound: then the goal is the least cost, otherwise the greatest quality.
   */
  public boolean haveQuality() {
    return values.keySet().stream().anyMatch(Bound::isOfQuality);
  }
}
