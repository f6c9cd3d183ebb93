package org.seeql.launcher.graph;

import java.util.Set;

/**
 * The tables, models and records that a statement accesses.
 *
 * @param reads resources that are only read
 * @param appends resources that are only appended to
 * @param writes resources that are changed in other ways
 * @param scope whether the footprint is complete
 */
record Footprint(Set<Resource> reads, Set<Resource> appends, Set<Resource> writes, Scope scope) {

  /** Whether the footprint of a statement is complete. */
  enum Scope {
    KNOWN,
    /** The statement may access any resource. */
    UNKNOWN
  }

  static final Footprint OF_ANYTHING = new Footprint(Set.of(), Set.of(), Set.of(), Scope.UNKNOWN);

  Footprint {
    reads = Set.copyOf(reads);
    appends = Set.copyOf(appends);
    writes = Set.copyOf(writes);
  }

  static Footprint of(Set<Resource> reads, Set<Resource> appends, Set<Resource> writes) {
    return new Footprint(reads, appends, writes, Scope.KNOWN);
  }

  /**
   * Whether the result of two statements may depend on their order. Reads do not conflict with each
   * other, nor do appends to one table.
   */
  boolean conflictsWith(Footprint other) {
    return scope == Scope.UNKNOWN
        || other.scope == Scope.UNKNOWN
        || meet(writes, other.reads)
        || meet(writes, other.appends)
        || meet(writes, other.writes)
        || meet(appends, other.reads)
        || meet(appends, other.writes)
        || meet(reads, other.appends)
        || meet(reads, other.writes);
  }

  private static boolean meet(Set<Resource> some, Set<Resource> others) {
    return some.stream().anyMatch(one -> others.stream().anyMatch(one::mayBe));
  }
}
