package org.seeql.database.ledger;

import java.sql.SQLException;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;

/** The completed images of each set, in {@code done_images}. */
public final class CompletedImages {
  private static final String TABLE = SystemSchema.table("done_images");
  private static final String RUNS = SystemSchema.table("runs");
  private static final String PARTITIONS = SystemSchema.table("run_partitions");
  private static final String FAILURES = SystemSchema.table("run_failures");

  // all rows, if the run has not been split into partitions yet
  private static final String PENDING =
      "SELECT first_row, last_row FROM %1$s WHERE run_id = ? AND state <> %3$s UNION ALL SELECT 1, %2$d FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM %1$s WHERE run_id = ?)"
          .formatted(PARTITIONS, Long.MAX_VALUE, PartitionState.COMMITTED.literal());

  private CompletedImages() {}

  /**
   * The condition that an image is not in a set.
   *
   * @param rows the alias of the user's SELECT in the statement
   */
  static String notIn(long set, String rows, ResultLayout layout) {
    return "NOT EXISTS (SELECT 1 FROM %s AS done WHERE done.set_id = %d AND done.image = %s)"
        .formatted(TABLE, set, ImageKey.ofSelect(rows, layout));
  }

  /**
   * Finds another run that has since completed images that a given run has yet to process.
   *
   * @param runId the given run, which is not finished
   */
  public static Optional<String> findOvertaking(
      DatabaseSession session, String runId, ResultLayout layout) throws SQLException {
    Optional<String> other =
        session.findFirst(
            "SELECT o.run_id FROM %1$s AS r JOIN %1$s AS o ON o.done_set = r.done_set AND o.run_id <> r.run_id JOIN %2$s AS p ON p.run_id = o.run_id AND p.committed > r.started WHERE r.run_id = ? ORDER BY p.committed DESC LIMIT 1"
                .formatted(RUNS, PARTITIONS),
            row -> row.getString(1),
            runId);
    if (other.isEmpty()) {
      return other;
    }
    return session
        .findFirst(
            "SELECT 1 FROM %s AS r JOIN (%s) AS p JOIN %s AS s ON s.%s BETWEEN p.first_row AND p.last_row JOIN %s AS done ON done.set_id = r.done_set AND done.image = %s WHERE r.run_id = ? LIMIT 1"
                .formatted(
                    RUNS,
                    PENDING,
                    Selection.table(runId).quoted(),
                    Selection.ROW,
                    TABLE,
                    ImageKey.ofSelection("s", layout)),
            row -> true,
            runId,
            runId,
            runId)
        .flatMap(overlaps -> other);
  }

  /**
   * Records the images of a partition that have an answer. For a run without a target nothing is
   * recorded. Part of the transaction that commits the partition. Rows are inserted in key order,
   * so two partitions with common images wait for each other but do not deadlock.
   */
  static void add(DatabaseSession session, String runId, int partition, ResultLayout layout)
      throws SQLException {
    Optional<Long> set = RunRecords.imageSet(session, runId);
    if (set.isEmpty()) {
      return;
    }
    session.update(
        "INSERT INTO "
            + TABLE
            + " (set_id, image) SELECT DISTINCT ?, "
            + ImageKey.ofSelection("s", layout)
            + " AS image FROM "
            + PARTITIONS
            + " AS p JOIN "
            + Selection.table(runId).quoted()
            + " AS s ON s."
            + Selection.ROW
            + " BETWEEN p.first_row AND p.last_row"
            + " WHERE p.run_id = ? AND p.partition_id = ? AND NOT EXISTS (SELECT 1 FROM "
            + FAILURES
            + " AS f WHERE f.run_id = ? AND f.row_id = s."
            + Selection.ROW
            + ")"
            + " ORDER BY image ON DUPLICATE KEY UPDATE set_id = "
            + TABLE
            + ".set_id",
        set.get(),
        runId,
        partition,
        runId);
  }
}
