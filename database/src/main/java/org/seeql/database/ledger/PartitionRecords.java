package org.seeql.database.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;

/** The partitions of a run, in {@code run_partitions}. */
public final class PartitionRecords {
  private static final String TABLE = SystemSchema.table("run_partitions");

  private PartitionRecords() {}

  /**
   * The totals of the committed partitions of a run.
   *
   * @param images rows of the selection, including the failed ones
   * @param rows rows of the result
   */
  public record Totals(int partitions, int committed, long images, long failed, long rows) {}

  /**
   * Records the bounds of a run's partitions. Call it in one transaction, see {@link
   * RunOwner#write}.
   *
   * @param ownerEpoch the fencing token with which they may be committed
   */
  public static void create(
      DatabaseSession session, String runId, long ownerEpoch, List<PartitionBounds> bounds)
      throws SQLException {
    try (PreparedStatement statement =
        session.prepare(
            "INSERT INTO "
                + TABLE
                + " (run_id, partition_id, first_row, last_row, owner_epoch)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      for (PartitionBounds partition : bounds) {
        statement.setString(1, runId);
        statement.setInt(2, partition.id());
        statement.setLong(3, partition.firstRow());
        statement.setLong(4, partition.lastRow());
        statement.setLong(5, ownerEpoch);
        statement.addBatch();
      }
      if (!bounds.isEmpty()) {
        statement.executeBatch();
      }
    }
  }

  /** The partitions that are not committed yet, in order. */
  public static List<PartitionBounds> pending(DatabaseSession session, String runId)
      throws SQLException {
    return session.query(
        "SELECT partition_id, first_row, last_row FROM "
            + TABLE
            + " WHERE run_id = ? AND state <> "
            + PartitionState.COMMITTED.literal()
            + " ORDER BY partition_id",
        row -> new PartitionBounds(row.getInt(1), row.getLong(2), row.getLong(3)),
        runId);
  }

  /**
   * Whether a partition is committed.
   *
   * @param ownerEpoch the fencing token of the calling driver
   * @throws OwnershipLostException if it is not committed and only another token may commit it
   */
  public static boolean requireCommittedOrOwned(
      DatabaseSession session, String runId, int partition, long ownerEpoch) throws SQLException {
    return session
        .findFirst(
            "SELECT state, owner_epoch FROM " + TABLE + " WHERE run_id = ? AND partition_id = ?",
            row -> {
              boolean committed =
                  PartitionState.of(runId, row.getString(1)) == PartitionState.COMMITTED;
              if (!committed && row.getLong(2) != ownerEpoch) {
                throw new OwnershipLostException(runId);
              }
              return committed;
            },
            runId,
            partition)
        .orElseThrow(() -> new OwnershipLostException(runId));
  }

  /** The figures of the committed attempts at the run's partitions, in no particular order. */
  public static List<String> figures(DatabaseSession session, String runId) throws SQLException {
    return session.query(
        "SELECT figures FROM "
            + TABLE
            + " WHERE run_id = ? AND state = "
            + PartitionState.COMMITTED.literal()
            + " AND figures IS NOT NULL",
        row -> row.getString(1),
        runId);
  }

  /** A committed partition, and the attempt whose rows are the partition's. */
  public record CommittedAttempt(int partition, AttemptId attempt) {}

  /**
   * The attempts that committed partitions of a run, in the order of the partitions. A sink whose
   * files are named by partition and attempt knows from them which files are part of the result.
   */
  public static List<CommittedAttempt> committedAttempts(DatabaseSession session, String runId)
      throws SQLException {
    return session.query(
        "SELECT partition_id, owner_epoch, attempt FROM "
            + TABLE
            + " WHERE run_id = ? AND state = "
            + PartitionState.COMMITTED.literal()
            + " ORDER BY partition_id",
        row -> new CommittedAttempt(row.getInt(1), new AttemptId(row.getLong(2), row.getLong(3))),
        runId);
  }

  /** The attempt that committed a partition; empty if none has. */
  static Optional<AttemptId> committedAttempt(DatabaseSession session, String runId, int partition)
      throws SQLException {
    return session.findFirst(
        "SELECT owner_epoch, attempt FROM "
            + TABLE
            + " WHERE run_id = ? AND partition_id = ? AND state = "
            + PartitionState.COMMITTED.literal(),
        row -> new AttemptId(row.getLong(1), row.getLong(2)),
        runId,
        partition);
  }

  /**
   * Deletes the partitions of a run if none of them is committed. A concurrent attempt either
   * commits before or finds nothing to commit. Call it in one transaction, see {@link
   * RunOwner#write}.
   *
   * @return whether none was committed
   */
  public static boolean deleteUnlessCommitted(DatabaseSession session, String runId)
      throws SQLException {
    boolean committed =
        session
            .query(
                "SELECT state FROM " + TABLE + " WHERE run_id = ? FOR UPDATE",
                row -> PartitionState.of(runId, row.getString(1)),
                runId)
            .contains(PartitionState.COMMITTED);
    if (!committed) {
      session.update("DELETE FROM " + TABLE + " WHERE run_id = ?", runId);
    }
    return !committed;
  }

  public static Totals totals(DatabaseSession session, String runId) throws SQLException {
    return session
        .findFirst(
            "SELECT COUNT(*), COALESCE(SUM(state = "
                + PartitionState.COMMITTED.literal()
                + "), 0), COALESCE(SUM(images), 0),"
                + " COALESCE(SUM(failed), 0), COALESCE(SUM(rows_written), 0) FROM "
                + TABLE
                + " WHERE run_id = ?",
            row ->
                new Totals(
                    row.getInt(1), row.getInt(2), row.getLong(3), row.getLong(4), row.getLong(5)),
            runId)
        .orElseThrow();
  }
}
