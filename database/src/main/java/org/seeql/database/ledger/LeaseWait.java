package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits for the end of a lease whose owner is on another machine. The owner may be lost: in that
 * case it does not renew the lease. Not thread-safe.
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
   * Waits a moment. The caller then reads the lease again.
   *
   * @return false if the owner is known to be alive, so that waiting has no purpose
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
