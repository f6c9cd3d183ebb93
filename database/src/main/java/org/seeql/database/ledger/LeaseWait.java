package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits for the end of a lease whose owner is on another machine: the owner may be lost, which
 * shows when it does not renew the lease. For one thread.
 */
final class LeaseWait {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Consumer<String> notice;
  private Optional<RunLease> first = Optional.empty();

  /**
   * A wait that has not begun.
   *
   * @param notice receives a description of the wait, once
   */
  LeaseWait(Consumer<String> notice) {
    this.notice = requireNonNull(notice, "notice is null");
  }

  /**
   * Waits a moment, after which the lease is to be looked at again.
   *
   * @return false where the owner is known to live, so that there is nothing to wait for
   */
  boolean pause(RunLease lease) {
    if (!lease.isUncertain()
        || first.filter(earlier -> !lease.isUnchangedSince(earlier)).isPresent()) {
      return false;
    }
    if (first.isEmpty()) {
      first = Optional.of(lease);
      notice.accept(
          "up to %d s for a heartbeat of run %s (%s)"
              .formatted(lease.remaining().toSeconds() + 1, lease.runId(), lease.describe()));
    }
    try {
      Thread.sleep(PAUSE.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
