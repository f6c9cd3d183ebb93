package org.seeql.datasets.load;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Ids of skipped records that another record also uses. References to a skipped record must not be
 * resolved to the other record. Not thread-safe.
 */
final class SkippedIds {
  private final Set<Long> everywhere = new HashSet<>();
  private final Map<Integer, Set<Long>> bySource = new HashMap<>();

  /** Skips an id in every source. */
  void add(long id) {
    everywhere.add(id);
  }

  /**
   * Skips ids in one source.
   *
   * @param source its number, from 0
   */
  void addAll(int source, Set<Long> ids) {
    if (!ids.isEmpty()) {
      bySource.computeIfAbsent(source, s -> new HashSet<>()).addAll(ids);
    }
  }

  /** Whether the record with this id in a source is skipped. */
  boolean contains(int source, long id) {
    return everywhere.contains(id) || bySource.getOrDefault(source, Set.of()).contains(id);
  }
}
