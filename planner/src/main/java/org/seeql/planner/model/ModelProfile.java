package org.seeql.planner.model;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the optimizer knows about a model.
 *
 * @param costMillis milliseconds for one execution on one decoded image, without decoding and
 *     loading
 * @param classes the model's skill, by class
 */
public record ModelProfile(String name, double costMillis, SortedMap<String, ClassSkill> classes)
    implements Serializable {
  public ModelProfile {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name is empty");
    }
    if (!(costMillis >= 0 && costMillis < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("costMillis is negative or not finite: " + costMillis);
    }
    classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
  }

  /** A profile with the classes in any order. */
  public static ModelProfile of(
      String name, double costMillis, Map<String, ? extends ClassSkill> classes) {
    return new ModelProfile(name, costMillis, new TreeMap<>(classes));
  }
}
