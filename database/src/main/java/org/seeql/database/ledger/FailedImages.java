package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;

/**
 * The failed images of each set, in {@code failed_images}. An image is skipped if it has failed in
 * enough runs and its file has not changed since.
 */
public final class FailedImages {
  private static final String TABLE = SystemSchema.table("failed_images");
  private static final int BATCH_ROWS = 1_000;

  private FailedImages() {}

  /**
   * The condition under which an image is skipped.
   *
   * @param attempts the number of runs in which the image must have failed with its current file
   */
  public record SkipRule(int attempts, FileStates files) {
    public SkipRule {
      requireNonNull(files, "files is null");
    }
  }

  /** An image that has failed often enough, with the state of its file at that time. */
  private record Suspect(long row, Optional<String> path, Optional<FileState> file) {}

  /**
   * Records the failed images of a partition, and removes the images that now have a result. Part
   * of the transaction that commits the partition. An image that is selected twice counts once per
   * run. Rows are inserted in key order, as in {@link CompletedImages#add}.
   */
  static void add(DatabaseSession session, String runId, int partition, ResultLayout layout)
      throws SQLException {
    Optional<Long> set = RunRecords.imageSet(session, runId);
    if (set.isEmpty()) {
      return;
    }
    removeDone(session, set.get(), runId, partition, layout);
    // Group by position: in GROUP BY, a column of the selection takes precedence over an alias with
    // the same name.
    session.update(
        "INSERT INTO "
            + TABLE
            + " (set_id, image, run_id, attempts, path, stage, reason, file_bytes, file_modified)"
            + " SELECT ?, "
            + ImageKey.ofSelection("s", layout)
            + " AS image, f.run_id, 1, MIN(f.path), MIN(f.stage), MIN(f.reason),"
            + " MIN(f.file_bytes), MIN(f.file_modified)"
            + ofPartition(runId)
            + " JOIN "
            + SystemSchema.table("run_failures")
            + " AS f ON f.run_id = p.run_id AND f.row_id = s."
            + Selection.ROW
            + " WHERE p.run_id = ? AND p.partition_id = ? GROUP BY 2, 3 ORDER BY 2"
            + " ON DUPLICATE KEY UPDATE attempts = IF(%1$s.file_bytes <=> VALUES(file_bytes) AND %1$s.file_modified <=> VALUES(file_modified), %1$s.attempts + (%1$s.run_id <> VALUES(run_id)), 1), run_id = VALUES(run_id), path = VALUES(path), stage = VALUES(stage), reason = VALUES(reason), file_bytes = VALUES(file_bytes), file_modified = VALUES(file_modified), failed = CURRENT_TIMESTAMP(3)"
                .formatted(TABLE),
        set.get(),
        runId,
        partition);
  }

  private static void removeDone(
      DatabaseSession session, long set, String runId, int partition, ResultLayout layout)
      throws SQLException {
    boolean hasFailures =
        session
            .findFirst("SELECT 1 FROM " + TABLE + " WHERE set_id = ? LIMIT 1", row -> true, set)
            .orElse(false);
    if (hasFailures) {
      session.update(
          "DELETE old FROM "
              + TABLE
              + " AS old JOIN (SELECT "
              + ImageKey.ofSelection("s", layout)
              + " AS image"
              + ofPartition(runId)
              + " WHERE p.run_id = ? AND p.partition_id = ? AND NOT EXISTS (SELECT 1 FROM "
              + SystemSchema.table("run_failures")
              + " AS f WHERE f.run_id = p.run_id AND f.row_id = s."
              + Selection.ROW
              + ")) AS done ON done.image = old.image WHERE old.set_id = ?",
          runId,
          partition,
          set);
    }
  }

  private static String ofPartition(String runId) {
    return " FROM %s AS p JOIN %s AS s ON s.%s BETWEEN p.first_row AND p.last_row"
        .formatted(
            SystemSchema.table("run_partitions"), Selection.table(runId).quoted(), Selection.ROW);
  }

  /**
   * Removes the skipped images from a table of numbered rows.
   *
   * @param table contains the rows of the user's SELECT
   * @param number the column that numbers them
   * @return the number of removed rows
   */
  static long remove(
      DatabaseSession session,
      String table,
      String number,
      ResultLayout layout,
      long set,
      SkipRule rule)
      throws SQLException {
    String suspects =
        suspects("s." + number, table, layout, set, rule)
            + " AND s.%1$s > ? ORDER BY s.%1$s LIMIT %2$d".formatted(number, BATCH_ROWS);
    long removed = 0;
    long last = 0;
    List<Suspect> some;
    do {
      some = session.query(suspects, FailedImages::read, last);
      List<Suspect> unchanged = unchanged(some, rule.files());
      if (!unchanged.isEmpty()) {
        session.execute(
            "DELETE FROM %s WHERE %s IN (%s)"
                .formatted(
                    table,
                    number,
                    unchanged.stream()
                        .map(suspect -> Long.toString(suspect.row()))
                        .collect(Collectors.joining(", "))));
      }
      removed += unchanged.size();
      last = some.isEmpty() ? last : some.get(some.size() - 1).row();
    } while (some.size() == BATCH_ROWS);
    return removed;
  }

  /** Counts the images of a SELECT that are skipped. */
  public static long count(
      DatabaseSession session, String select, ResultLayout layout, long set, SkipRule rule)
      throws SQLException {
    String all = suspects("0", "(" + select + "\n)", layout, set, rule);
    return unchanged(session.query(all, FailedImages::read), rule.files()).size();
  }

  // The rows of a table that have failed often enough and have no result yet.
  private static String suspects(
      String number, String rows, ResultLayout layout, long set, SkipRule rule) {
    return "SELECT %s, s.%s, bad.file_bytes, bad.file_modified FROM %s AS s JOIN %s AS bad ON bad.set_id = %d AND bad.image = %s WHERE bad.attempts >= %d AND %s"
        .formatted(
            number,
            TableName.quote(layout.pathColumn()),
            rows,
            TABLE,
            set,
            ImageKey.ofSelect("s", layout),
            rule.attempts(),
            CompletedImages.notIn(set, "s", layout));
  }

  private static List<Suspect> unchanged(List<Suspect> suspects, FileStates files) {
    List<Optional<FileState>> now = files.of(suspects.stream().map(Suspect::path).toList());
    List<Suspect> unchanged = new ArrayList<>();
    for (int i = 0; i < suspects.size(); i++) {
      if (suspects.get(i).file().equals(now.get(i))) {
        unchanged.add(suspects.get(i));
      }
    }
    return unchanged;
  }

  private static Suspect read(ResultSet row) throws SQLException {
    long bytes = row.getLong(3);
    Optional<FileState> file =
        row.wasNull() ? Optional.empty() : Optional.of(new FileState(bytes, row.getLong(4)));
    long number = row.getLong(1);
    return new Suspect(number, new SelectedRow(number, null, row.getObject(2)).pathText(), file);
  }
}
