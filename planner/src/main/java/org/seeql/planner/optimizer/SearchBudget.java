package org.seeql.planner.optimizer;

import java.time.Duration;
import java.util.Optional;

/**
 * How much has been done, in elementary steps of a few nanoseconds: the same on every machine, so
 * that the same problem gives the same plan. A timeout is only a guard.
 */
final class SearchBudget {
  private final Optional<Long> deadline;
  private long steps;
  private boolean isLate;

  SearchBudget(Optional<Duration> timeout) {
    this.deadline = timeout.map(t -> System.nanoTime() + t.toNanos());
  }

  void add(long more) {
    steps += more;
  }

  long steps() {
    return steps;
  }

  /** Whether the timeout is over. */
  boolean isLate() {
    isLate = isLate || (deadline.isPresent() && System.nanoTime() - deadline.get() > 0);
    return isLate;
  }
}
