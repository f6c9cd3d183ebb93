package org.seeql.planner.statement;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code key = value} pairs of {@code WITH} or {@code OPTIONS}, in the order of the text.
 *
 * @param values by key as written, including dots
 */
public record Attributes(Map<String, AttributeValue> values) {
  public static final Attributes NONE = new Attributes(Map.of());

  public Attributes {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
