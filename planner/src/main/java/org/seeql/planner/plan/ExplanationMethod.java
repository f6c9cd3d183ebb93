package org.seeql.planner.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The explainers that TO EXPLAIN can use. */
public enum ExplanationMethod {
  DRISE,
  RISE,
  OCCLUSION;

  /** The name in a statement: {@code drise}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(ExplanationMethod::word).toList();
  }

  static Optional<ExplanationMethod> find(String word) {
    return Arrays.stream(values()).filter(m -> m.word().equalsIgnoreCase(word)).findFirst();
  }
}
