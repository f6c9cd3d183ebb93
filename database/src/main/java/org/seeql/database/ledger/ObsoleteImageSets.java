package org.seeql.database.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes sets from {@code done_sets}, {@code done_images} and {@code failed_images} that no table
 * uses any more.
 *
 * <p>A set may have millions of images, but a {@link TargetTransaction} must be short. It therefore
 * only retires a set: its row loses its target, so that no run finds it. The set's images and row
 * are deleted afterwards, in short transactions. If this run is interrupted, a later run continues.
 */
final class ObsoleteImageSets {
  private static final Logger LOG = LoggerFactory.getLogger(ObsoleteImageSets.class);
  private static final String SETS = SystemSchema.table("done_sets");
  private static final List<String> IMAGES =
      List.of(SystemSchema.table("done_images"), SystemSchema.table("failed_images"));
  private static final String RUNS = SystemSchema.table("runs");
  private static final int BATCH_ROWS = 50_000;

  private ObsoleteImageSets() {}

  /** A set and the table to which it belongs. */
  private record OldSet(long id, String madeBy) {}

  /**
   * Deletes the sets of earlier tables with this name that no longer exist. Keeps the sets of a run
   * that may still publish its own table there.
   *
   * @param current the table that has the name now
   */
  static void deleteLost(DatabaseSession session, TableName target, Optional<ExistingTable> current)
      throws SQLException {
    List<OldSet> lost =
        session.query(
            "SELECT set_id, made_by FROM "
                + SETS
                + " WHERE target_database = ? AND target_table = ? AND made_by <> ?",
            row -> new OldSet(row.getLong(1), row.getString(2)),
            target.database().orElseThrow(),
            target.name(),
            current.map(ExistingTable::madeBy).orElse(""));
    for (OldSet set : lost) {
      // For a table that no run created this cannot be determined: it may have been altered.
      boolean mayBeAltered =
          current.filter(t -> !t.isWrittenByRun()).isPresent()
              && ExistingTable.isOfNoRun(set.madeBy());
      if (!mayBeAltered && !mayPublish(session, set.madeBy())) {
        delete(session, set.id());
      }
    }
  }

  /**
   * Deletes the images of a set. Runs that use the set and can be resumed get an empty set instead.
   */
  static void delete(DatabaseSession session, long set) throws SQLException {
    List<String> users = new ArrayList<>();
    for (String runId : runs(session, set)) {
      if (mayContinue(session, runId)) {
        users.add(runId);
      } else {
        session.update("UPDATE " + RUNS + " SET done_set = NULL WHERE run_id = ?", runId);
      }
    }
    if (users.isEmpty()) {
      retire(session, set);
    } else if (isAnyLive(session, users)) {
      deleteImages(session, set); // a partition may be recording images in this set
    } else if (hasImages(session, set)) {
      replace(session, set, users);
    }
  }

  private static boolean isAnyLive(DatabaseSession session, List<String> runIds)
      throws SQLException {
    for (String runId : runIds) {
      if (RunLeases.isLive(session, runId)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasImages(DatabaseSession session, long set) throws SQLException {
    for (String images : IMAGES) {
      if (session
          .findFirst("SELECT 1 FROM " + images + " WHERE set_id = ? LIMIT 1", row -> true, set)
          .isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static void retire(DatabaseSession session, long set) throws SQLException {
    session.update(
        "UPDATE "
            + SETS
            + " SET target_database = '', target_table = '', made_by = CAST(set_id AS CHAR)"
            + " WHERE set_id = ?",
        set);
  }

  private static void replace(DatabaseSession session, long set, List<String> runIds)
      throws SQLException {
    List<String> owner =
        session
            .findFirst(
                "SELECT target_database, target_table, made_by FROM " + SETS + " WHERE set_id = ?",
                row -> List.of(row.getString(1), row.getString(2), row.getString(3)),
                set)
            .orElseThrow();
    retire(session, set);
    session.update(
        "INSERT INTO "
            + SETS
            + " (target_database, target_table, made_by, asked, settings, question)"
            + " SELECT ?, ?, ?, asked, settings, question FROM "
            + SETS
            + " WHERE set_id = ?",
        owner.get(0),
        owner.get(1),
        owner.get(2),
        set);
    long empty = session.findFirst("SELECT LAST_INSERT_ID()", row -> row.getLong(1)).orElseThrow();
    for (String runId : runIds) {
      RunRecords.useImageSet(session, runId, empty);
    }
  }

  /**
   * Deletes the retired sets with their images. A later run deletes what cannot be deleted now.
   * Another process may delete the same sets concurrently.
   */
  static void deleteRetired(DatabaseConnector connector) {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      // This level locks no rows of other sets, where partitions may be writing.
      session.connection().setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      session.execute("SET SESSION innodb_lock_wait_timeout = 1");
      List<Long> retired =
          session.query(
              "SELECT set_id FROM " + SETS + " WHERE target_database = '' AND target_table = ''",
              row -> row.getLong(1));
      for (long set : retired) {
        deleteImages(session, set);
        // The row is deleted last, so that an interrupted deletion can be continued.
        session.update("DELETE FROM " + SETS + " WHERE set_id = ?", set);
      }
    } catch (SQLException e) {
      LOG.debug("Cannot delete the completed images of dropped tables; a later run tries again", e);
    }
  }

  private static void deleteImages(DatabaseSession session, long set) throws SQLException {
    for (String images : IMAGES) {
      String some = "DELETE FROM " + images + " WHERE set_id = ? LIMIT " + BATCH_ROWS;
      while (session.update(some, set) == BATCH_ROWS) {
        // In autocommit mode, each statement is a transaction of its own, so none is long.
      }
    }
  }

  private static List<String> runs(DatabaseSession session, long set) throws SQLException {
    return session.query(
        "SELECT run_id FROM " + RUNS + " WHERE done_set = ?", row -> row.getString(1), set);
  }

  // A run that appends writes into the table itself, so its images are lost together with the
  // table.
  private static boolean mayPublish(DatabaseSession session, String runId) throws SQLException {
    return mayContinue(session, runId)
        && RunRecords.find(session, runId).filter(run -> !run.result().appends()).isPresent();
  }

  /** Whether a driver works on a run or may resume it. */
  private static boolean mayContinue(DatabaseSession session, String runId) throws SQLException {
    Optional<RunState> state = RunRecords.state(session, runId);
    return state.isPresent()
        && state.get() != RunState.SUCCEEDED
        && (ExistingTable.find(session, Selection.table(runId)).isPresent()
            || RunLeases.isLive(session, runId));
  }
}
