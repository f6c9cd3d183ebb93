package org.seeql.datasets.voc;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The texts of an element and its descendants.
 *
 * @param texts by path: {@code size/width}; for a repeated field, the first text
 * @param ambiguous the fields that are repeated with different texts
 */
record VocValues(Map<String, String> texts, Set<String> ambiguous) {
  static final VocValues NONE = new VocValues(Map.of(), Set.of());

  VocValues {
    texts = Map.copyOf(texts);
    ambiguous = Set.copyOf(ambiguous);
  }

  /** These values combined with others. */
  VocValues plus(VocValues others) {
    Builder all = new Builder();
    all.ambiguous.addAll(ambiguous);
    all.ambiguous.addAll(others.ambiguous);
    texts.forEach(all::add);
    others.texts.forEach(all::add);
    return all.build();
  }

  /** Collects the texts, in time linear in their number. */
  static final class Builder {
    private final Map<String, String> texts = new HashMap<>();
    private final Set<String> ambiguous = new HashSet<>();

    void add(String path, String text) {
      String earlier = texts.putIfAbsent(path, text);
      if (earlier != null && !earlier.equals(text)) {
        ambiguous.add(path);
      }
    }

    VocValues build() {
      return new VocValues(texts, ambiguous);
    }
  }
}
