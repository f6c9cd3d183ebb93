package org.seeql.database.ledger;

import java.sql.SQLException;
import java.util.List;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what earlier runs left in the database because their drivers ended too early. */
public final class DatabaseCleanup {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseCleanup.class);

  private DatabaseCleanup() {}

  /**
   * Drops the selections of runs that have succeeded, and deletes the images of tables that no
   * longer exist. A later run deletes what cannot be deleted now.
   */
  public static void run(DatabaseConnector connector) {
    ObsoleteImageSets.deleteRetired(connector);
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      // Another session may have a selection open.
      session.execute("SET SESSION lock_wait_timeout = 1");
      for (String runId : succeededWithSelection(session)) {
        drop(session, runId);
      }
    } catch (SQLException e) {
      LOG.debug("Cannot find the selections of earlier runs", e);
    }
  }

  private static List<String> succeededWithSelection(DatabaseSession session) throws SQLException {
    return session.query(
        "SELECT r.run_id FROM information_schema.tables AS t JOIN "
            + SystemSchema.table("runs")
            + " AS r ON r.run_id = CONVERT(SUBSTRING(t.table_name, ?) USING ascii)"
            + " WHERE t.table_schema = ? AND t.table_name LIKE ? AND r.state = "
            + RunState.SUCCEEDED.literal(),
        row -> row.getString(1),
        Selection.PREFIX.length() + 1,
        SystemSchema.DATABASE,
        Selection.PREFIX.replace("_", "\\_") + "%");
  }

  private static void drop(DatabaseSession session, String runId) {
    try {
      Selection.drop(session, runId);
    } catch (SQLException e) {
      LOG.debug("Cannot drop the selection of run {}", runId, e);
    }
  }
}
