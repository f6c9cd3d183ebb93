package org.seeql.chaos.kill;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * Rows of detections, each with how often it is there, to the last bit of every figure.
 *
 * @param counts by the row's text
 */
record DetectionRows(Map<String, Integer> counts) {
  private static final String ROW =
      "CONCAT_WS('|', image_id, file_name, detection, class_id, label, score, x_min, y_min, x_max,"
          + " y_max, model)";

  DetectionRows {
    counts = Map.copyOf(counts);
  }

  /** Of a whole table; none where it is missing. */
  static DetectionRows of(DatabaseSession session, String table) throws SQLException {
    return read(session, table, "");
  }

  /** Of one run. */
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

  /** How many rows of {@code expected} are missing here. */
  long lacking(DetectionRows expected) {
    return expected.counts.entrySet().stream()
        .mapToLong(e -> Math.max(0, e.getValue() - counts.getOrDefault(e.getKey(), 0)))
        .sum();
  }

  /** How many rows are here that {@code expected} does not have, or not as often. */
  long beyond(DetectionRows expected) {
    return expected.lacking(this);
  }
}
