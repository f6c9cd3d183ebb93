package org.seeql.chaos.kill;

import java.sql.SQLException;
import org.seeql.chaos.Workplace;
import org.seeql.database.jdbc.DatabaseSession;

/** The target tables of runs. */
interface ResultTables {
  /** The tables of a workplace's database. */
  static ResultTables of(Workplace place) {
    return new ResultTables() {
      @Override
      public DetectionRows rows(String table, String runId) throws SQLException {
        try (DatabaseSession session = place.session()) {
          return DetectionRows.of(session, table, runId);
        }
      }

      @Override
      public void drop(String table) throws SQLException {
        place.execute("DROP TABLE IF EXISTS " + table);
      }
    };
  }

  /** The rows of one run. Empty if the table does not exist. */
  DetectionRows rows(String table, String runId) throws SQLException;

  void drop(String table) throws SQLException;
}
