package org.seeql.database.ledger;

import java.sql.SQLException;
import java.util.List;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;

/** Tables of runs that have succeeded, whose drivers ended before they could drop them. */
public final class Leftovers {
  private Leftovers() {}

  /** Drops the selections of runs that have succeeded. */
  public static void drop(DatabaseConnector connector) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      List<String> runIds =
          session.query(
              "SELECT r.run_id FROM information_schema.tables AS t JOIN "
                  + SystemSchema.table("runs")
                  + " AS r ON r.run_id = CONVERT(SUBSTRING(t.table_name, ?) USING ascii)"
                  + " WHERE t.table_schema = ? AND t.table_name LIKE ? AND r.state = 'succeeded'",
              row -> row.getString(1),
              Selection.PREFIX.length() + 1,
              SystemSchema.DATABASE,
              Selection.PREFIX.replace("_", "\\_") + "%");
      for (String runId : runIds) {
        Selection.drop(session, runId);
      }
    }
  }
}
