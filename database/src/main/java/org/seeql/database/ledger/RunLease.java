package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The lease of a run, as the database's clock sees it.
 *
 * @param epoch the fencing token of its owner
 * @param heartbeat when the owner last renewed it, as the database writes it
 * @param sinceHeartbeat the time since then
 * @param remaining until another driver may take the run over; not positive once one may
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

  /** Whether its owner may still work on the run, so that nobody else may. */
  boolean isLive() {
    return remaining.compareTo(Duration.ZERO) > 0
        && (owner.isThis()
            ? RunOwner.isOpen(runId, epoch)
            : owner.life() != OwnerProcess.Life.ENDED);
  }

  /** Whether waiting can tell if the owner lives: not where its process can be seen. */
  boolean isUncertain() {
    return isLive() && owner.life() == OwnerProcess.Life.UNKNOWN;
  }

  /** Whether the run has the same owner as at an earlier look, and no new heartbeat. */
  boolean isUnchangedSince(RunLease earlier) {
    return epoch == earlier.epoch && heartbeat.equals(earlier.heartbeat);
  }

  /** The owner and how long ago it was heard of, for messages. */
  String describe() {
    return "%s, last heartbeat %d s ago".formatted(owner, sinceHeartbeat.toSeconds());
  }
}
