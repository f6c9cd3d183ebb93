package org.seeql.launcher.graph;

import java.util.Set;

/**
 * What a statement touches, and how.
 *
 * @param reads what it only looks at
 * @param appends what it only adds to
 * @param writes what it changes otherwise
 * @param scope whether that is all that can be told
 */
record Footprint(Set<Resource> reads, Set<Resource> appends, Set<Resource> writes, Scope scope) {

  /** How much of what a statement touches is known. */
  enum Scope {
    KNOWN,
    /** It may touch anything. */
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
   * Whether the outcome of two statements may depend on which runs first. Reads do not disturb each
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
