package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The lease of a run, measured by the database's clock.
 *
 * @param epoch the fencing token of its owner
 * @param heartbeat when the owner last renewed it, as formatted by the database
 * @param sinceHeartbeat the time since the last heartbeat
 * @param remaining the time until another driver may take over the run; zero or negative if one may
 *     already
 */
record RunLease(
    String runId,
    long epoch,
    OwnerProcess owner,
    String heartbeat,
    Duration sinceHeartbeat,
    Duration remaining) {
  RunLease {
    requireNonNull(runId, "runId is null");
    requireNonNull(owner, "owner is null");
    requireNonNull(heartbeat, "heartbeat is null");
    requireNonNull(sinceHeartbeat, "sinceHeartbeat is null");
    requireNonNull(remaining, "remaining is null");
  }

  /** Whether the owner may still work on the run. If so, no other driver may take it over. */
  boolean isLive() {
    return remaining.compareTo(Duration.ZERO) > 0
        && (owner.isThis()
            ? RunOwner.isOpen(runId, epoch)
            : owner.state() != OwnerProcess.ProcessState.ENDED);
  }

  /**
   * Whether only waiting can show if the owner is alive. False if its process can be seen from
   * here.
   */
  boolean isUncertain() {
    return isLive() && owner.state() == OwnerProcess.ProcessState.UNKNOWN;
  }

  /** Whether the run has the same owner as in an earlier lease, and no new heartbeat. */
  boolean isUnchangedSince(RunLease earlier) {
    return epoch == earlier.epoch && heartbeat.equals(earlier.heartbeat);
  }

  /** The owner and the time since its last heartbeat, for messages. */
  String describe() {
    return "%s, last heartbeat %d s ago".formatted(owner, sinceHeartbeat.toSeconds());
  }
}
