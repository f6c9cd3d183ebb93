package org.seeql.planner.optimizer;

import java.io.Serializable;
import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The limits that a plan has to keep.
 *
 * @param values those of quality 0 to 1, the cost in milliseconds an image, at least 0 and finite
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
                bound.word() + " is out of its range: " + value + " (0 to " + most + ")");
          }
        });
  }

  /** These and one more, which takes the place of one of its kind. */
  public Bounds with(Bound bound, double value) {
    SortedMap<Bound, Double> copy = new TreeMap<>(values);
    copy.put(bound, value);
    return new Bounds(copy);
  }

  /** These without one. */
  public Bounds without(Bound bound) {
    SortedMap<Bound, Double> copy = new TreeMap<>(values);
    copy.remove(bound);
    return new Bounds(copy);
  }

  public OptionalDouble find(Bound bound) {
    Double value = values.get(bound);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Whether the goal is the least cost; else it is the greatest quality. */
  public boolean haveQuality() {
    return values.keySet().stream().anyMatch(Bound::isOfQuality);
  }
}
