package org.seeql.database.ledger;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;

/**
 * Takes sets out of {@code done_sets}, {@code done_images} and {@code failed_images} whose images
 * no table has.
 */
final class ObsoleteImageSets {
  private static final String SETS = SystemSchema.table("done_sets");
  private static final List<String> IMAGES =
      List.of(SystemSchema.table("done_images"), SystemSchema.table("failed_images"));
  private static final String RUNS = SystemSchema.table("runs");
  private static final int FORGOTTEN_AT_ONCE = 50_000;

  private ObsoleteImageSets() {}

  /** A set, and the table that it is of. */
  private record OldSet(long id, String madeBy) {}

  /**
   * Forgets what tables had that were called like the target and are gone; not what a run has done
   * that may yet put its own table there.
   *
   * @param current the table that has the name now
   */
  static void forgetLost(DatabaseSession session, TableName target, Optional<ExistingTable> current)
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
      boolean mayBeAltered =
          current.filter(t -> !t.isWrittenByRun()).isPresent()
              && ExistingTable.isOfNoRun(set.madeBy());
      if (!mayBeAltered && !mayPutItsTableThere(session, set.madeBy())) {
        forget(session, set.id());
      }
    }
  }

  /**
   * Forgets the images of a set. The set itself stays while a run may go on that notes what it does
   * in it. The images go first, so that who is interrupted can be done with later.
   */
  static void forget(DatabaseSession session, long set) throws SQLException {
    for (String images : IMAGES) {
      String some = "DELETE FROM " + images + " WHERE set_id = ? LIMIT " + FORGOTTEN_AT_ONCE;
      while (session.update(some, set) == FORGOTTEN_AT_ONCE) {
        // a transaction each, so that none is long
      }
    }
    boolean isUsed = false;
    for (String runId : runs(session, set)) {
      if (mayGoOn(session, runId)) {
        isUsed = true;
      } else {
        session.update("UPDATE " + RUNS + " SET done_set = NULL WHERE run_id = ?", runId);
      }
    }
    if (!isUsed) {
      session.update("DELETE FROM " + SETS + " WHERE set_id = ?", set);
    }
  }

  private static List<String> runs(DatabaseSession session, long set) throws SQLException {
    return session.query(
        "SELECT run_id FROM " + RUNS + " WHERE done_set = ?", row -> row.getString(1), set);
  }

  // what is noted for a table that a run adds to was in the table itself, and went with it
  private static boolean mayPutItsTableThere(DatabaseSession session, String runId)
      throws SQLException {
    return mayGoOn(session, runId)
        && RunRecords.find(session, runId).filter(run -> !run.result().appends()).isPresent();
  }

  /** Whether a driver works on a run, or may be asked to. */
  private static boolean mayGoOn(DatabaseSession session, String runId) throws SQLException {
    Optional<String> state = RunRecords.state(session, runId);
    return state.isPresent()
        && !state.get().equals("succeeded")
        && (ExistingTable.find(session, Selection.table(runId)).isPresent()
            || RunLeases.isLive(session, runId));
  }
}
