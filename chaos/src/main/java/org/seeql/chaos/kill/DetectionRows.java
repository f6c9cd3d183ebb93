package org.seeql.chaos.kill;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * Rows of detections with their number of occurrences. Figures are compared to the last bit.
 *
 * @param counts by the text of the row
 */
record DetectionRows(Map<String, Integer> counts) {
  private static final String ROW =
      "CONCAT_WS('|', image_id, file_name, detection, class_id, label, score, x_min, y_min, x_max,"
          + " y_max, model)";

  DetectionRows {
    counts = Map.copyOf(counts);
  }

  /** The rows of a whole table. Empty if the table does not exist. */
  static DetectionRows of(DatabaseSession session, String table) throws SQLException {
    return read(session, table, "");
  }

  /** The rows of one run. */
  static DetectionRows of(DatabaseSession session, String table, String runId) throws SQLException {
    return read(session, table, " WHERE run_id = '" + runId + "'");
  }

  private static DetectionRows read(DatabaseSession session, String table, String where)
      throws SQLException {
    Map<String, Integer> counts = new HashMap<>();
    if (!session.query("SHOW TABLES LIKE '" + table + "'", row -> 1).isEmpty()) {
      for (String row :
          session.query("SELECT " + ROW + " FROM " + table + where, r -> r.getString(1))) {
        counts.merge(row, 1, Integer::sum);
      }
    }
    return new DetectionRows(counts);
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  long size() {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** The number of rows of {@code expected} that are missing here. */
  long missing(DetectionRows expected) {
    return expected.counts.entrySet().stream()
        .mapToLong(e -> Math.max(0, e.getValue() - counts.getOrDefault(e.getKey(), 0)))
        .sum();
  }

  /** The number of rows that {@code expected} does not contain, or contains less often. */
  long surplus(DetectionRows expected) {
    return expected.missing(this);
  }
}
