package org.seeql.database.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;

/**
 * The owners of runs, in {@code run_leases}. Every change of owner raises the run's epoch, which is
 * its fencing token. It also moves the uncommitted partitions to the new epoch, so that a former
 * owner cannot commit them. All times are measured by the database's clock.
 */
final class RunLeases {
  private static final String TABLE = SystemSchema.table("run_leases");
  private static final String PARTITIONS = SystemSchema.table("run_partitions");
  private static final String RUNS = SystemSchema.table("runs");
  private static final String NOW = "UTC_TIMESTAMP(3)";
  private static final String SELECT =
      "SELECT run_id, epoch, owner_host, owner_process, CAST(heartbeat AS CHAR) AS heartbeat,"
          + " TIMESTAMPDIFF(MICROSECOND, heartbeat, "
          + NOW
          + ") AS since, TIMESTAMPDIFF(MICROSECOND, "
          + NOW
          + ", lease_until) AS remaining FROM "
          + TABLE
          + " WHERE run_id = ?";

  private RunLeases() {}

  static Optional<RunLease> find(DatabaseSession session, String runId) throws SQLException {
    return find(session, SELECT, runId);
  }

  /** Reads the lease and locks it until the transaction ends. */
  static Optional<RunLease> lock(DatabaseSession session, String runId) throws SQLException {
    return find(session, SELECT + " FOR UPDATE", runId);
  }

  private static Optional<RunLease> find(DatabaseSession session, String sql, String runId)
      throws SQLException {
    return session.findFirst(
        sql,
        row ->
            new RunLease(
                row.getString("run_id"),
                row.getLong("epoch"),
                OwnerProcess.parse(row.getString("owner_host"), row.getString("owner_process")),
                row.getString("heartbeat"),
                Duration.ofNanos(1_000 * row.getLong("since")),
                Duration.ofNanos(1_000 * row.getLong("remaining"))),
        runId);
  }

  /** Whether an owner may be working on a run. */
  static boolean isLive(DatabaseSession session, String runId) throws SQLException {
    return find(session, runId).filter(RunLease::isLive).isPresent();
  }

  /** Creates the row of a run that has had no owner. */
  static void createIfAbsent(DatabaseSession session, String runId) throws SQLException {
    session.update(
        "INSERT INTO "
            + TABLE
            + " (run_id, epoch, owner_host, owner_process, heartbeat, lease_until) VALUES (?, 0,"
            + " '', '', %1$s, %1$s) ON DUPLICATE KEY UPDATE run_id = run_id".formatted(NOW),
        runId);
  }

  /**
   * Makes a process the owner of a run. Part of a transaction that has locked the lease.
   *
   * @return the owner's epoch
   */
  static long take(DatabaseSession session, RunLease former, OwnerProcess owner, Duration length)
      throws SQLException {
    long epoch = former.epoch() + 1;
    session.update(
        "UPDATE "
            + TABLE
            + " SET epoch = ?, owner_host = ?, owner_process = ?, heartbeat = %1$s, lease_until = %1$s + INTERVAL ? MICROSECOND WHERE run_id = ?"
                .formatted(NOW),
        epoch,
        owner.host(),
        owner.text(),
        length.toNanos() / 1_000,
        former.runId());
    fencePartitions(session, former.runId(), epoch);
    return epoch;
  }

  /**
   * Takes a run away from an owner that does not renew its lease, without a new owner. Later work
   * of the former owner is not committed, and the run can be resumed. Part of a transaction.
   *
   * @param reason the recorded reason of the failure
   */
  static void fence(DatabaseSession session, RunLease former, String reason) throws SQLException {
    long epoch = former.epoch() + 1;
    session.update(
        "UPDATE %s SET epoch = ?, lease_until = %s WHERE run_id = ?".formatted(TABLE, NOW),
        epoch,
        former.runId());
    fencePartitions(session, former.runId(), epoch);
    session.update(
        "UPDATE "
            + RUNS
            + " SET state = "
            + RunState.FAILED.literal()
            + ", error = ?, finished = CURRENT_TIMESTAMP(3)"
            + " WHERE run_id = ? AND state = "
            + RunState.RUNNING.literal(),
        reason,
        former.runId());
  }

  private static void fencePartitions(DatabaseSession session, String runId, long epoch)
      throws SQLException {
    session.update(
        "UPDATE "
            + PARTITIONS
            + " SET owner_epoch = ? WHERE run_id = ? AND state <> "
            + PartitionState.COMMITTED.literal(),
        epoch,
        runId);
  }

  /** Extends the lease of an owner. Returns whether it is still the owner. */
  static boolean renew(DatabaseSession session, String runId, long epoch, Duration length)
      throws SQLException {
    return session.update(
            "UPDATE "
                + TABLE
                + " SET heartbeat = %1$s, lease_until = %1$s + INTERVAL ? MICROSECOND WHERE run_id = ? AND epoch = ?"
                    .formatted(NOW),
            length.toNanos() / 1_000,
            runId,
            epoch)
        == 1;
  }

  /**
   * Ends the lease of an owner and raises the epoch, so that the owner's running tasks commit
   * nothing. Waits for a commit that is in progress. Part of a transaction.
   *
   * @return whether it was still the owner; otherwise nothing is changed
   */
  static boolean release(DatabaseSession session, String runId, long epoch) throws SQLException {
    boolean isOwner =
        session.update(
                "UPDATE %s SET epoch = epoch + 1, lease_until = %s WHERE run_id = ? AND epoch = ?"
                    .formatted(TABLE, NOW),
                runId,
                epoch)
            == 1;
    if (isOwner) {
      fencePartitions(session, runId, epoch + 1);
    }
    return isOwner;
  }
}
