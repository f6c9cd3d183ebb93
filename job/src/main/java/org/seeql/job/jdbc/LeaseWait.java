package org.seeql.job.jdbc;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the end of a lease whose owner is on another machine: the owner may be lost, which
 * shows when it does not renew the lease. For one thread.
 */
final class LeaseWait {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseWait.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private Optional<RunLease> first = Optional.empty();

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
      LOG.info(
          "Run {} may still be at work ({}): waiting up to {} s for a heartbeat",
          lease.runId(),
          lease.describe(),
          lease.remaining().toSeconds() + 1);
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
