package org.seeql.planner.optimizer;

import java.time.Duration;
import java.util.Optional;

/**
 * Counts work in elementary steps of a few nanoseconds. The count is the same on every machine, so
 * that the same problem gives the same plan. The timeout is only a safeguard.
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

  /** Whether the timeout has expired. */
  boolean isLate() {
    isLate = isLate || (deadline.isPresent() && System.nanoTime() - deadline.get() > 0);
    return isLate;
  }
}
