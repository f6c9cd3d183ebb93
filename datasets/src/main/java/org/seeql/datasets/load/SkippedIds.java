package org.seeql.datasets.load;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Ids of left-out records that another record also uses. References to a left-out record must not
 * be resolved to the other record. Not thread-safe.
 */
final class LeftOutIds {
  private final Set<Long> everywhere = new HashSet<>();
  private final Map<Integer, Set<Long>> bySource = new HashMap<>();

  /** Leaves out an id in every source. */
  void add(long id) {
    everywhere.add(id);
  }

  /**
   * Leaves out ids in one source.
   *
   * @param source its number, from 0
   */
  void addAll(int source, Set<Long> ids) {
    if (!ids.isEmpty()) {
      bySource.computeIfAbsent(source, s -> new HashSet<>()).addAll(ids);
    }
  }

  /** Whether the record with this id in a source is left out. */
  boolean contains(int source, long id) {
    return everywhere.contains(id) || bySource.getOrDefault(source, Set.of()).contains(id);
  }
}
