package org.seeql.datasets.load;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Ids of records that are left out although another record of the same id is there: what refers to
 * them must not be taken for the other's. For one thread.
 */
final class LeftOutIds {
  private final Set<Long> everywhere = new HashSet<>();
  private final Map<Integer, Set<Long>> bySource = new HashMap<>();

  /** Leaves an id out of every source. */
  void add(long id) {
    everywhere.add(id);
  }

  /**
   * Leaves ids out of one source.
   *
   * @param source its number, from 0
   */
  void addAll(int source, Set<Long> ids) {
    if (!ids.isEmpty()) {
      bySource.computeIfAbsent(source, s -> new HashSet<>()).addAll(ids);
    }
  }

  /** Whether what a source means by an id is left out. */
  boolean contains(int source, long id) {
    return everywhere.contains(id) || bySource.getOrDefault(source, Set.of()).contains(id);
  }
}
