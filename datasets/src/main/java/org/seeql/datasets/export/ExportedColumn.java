package org.seeql.datasets.export;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/**
 * A column as {@code information_schema.columns} tells of it.
 *
 * @param dataType without its length: {@code bigint}
 * @param extra what else is said, {@code STORED GENERATED} for one
 */
record ExportedColumn(String name, String dataType, String extra) {
  // the driver's own texts of these lose signs, fractions and zeros
  private static final Set<String> TEMPORAL =
      Set.of("date", "time", "datetime", "timestamp", "year");

  ExportedColumn {
    requireNonNull(name, "name is null");
    requireNonNull(dataType, "dataType is null");
    requireNonNull(extra, "extra is null");
  }

  /** The columns that rows are written with, in their order. */
  static List<ExportedColumn> list(DatabaseSession session, TableName table) throws SQLException {
    return session
        .query(
            "SELECT column_name, data_type, extra FROM information_schema.columns WHERE"
                + " table_schema = ? AND table_name = ? ORDER BY ordinal_position",
            row -> new ExportedColumn(row.getString(1), row.getString(2), row.getString(3)),
            table.database().orElseThrow(),
            table.name())
        .stream()
        .filter(column -> !column.isComputed())
        .toList();
  }

  /**
   * Whether the server computes it, and takes no value. MySQL 8 says {@code DEFAULT_GENERATED} of
   * one whose default is an expression: that has values.
   */
  boolean isComputed() {
    String upper = extra.toUpperCase(Locale.ROOT);
    return upper.contains("VIRTUAL GENERATED")
        || upper.contains("STORED GENERATED")
        || upper.contains("PERSISTENT");
  }

  /** What selects its values. */
  String expression() {
    String quoted = TableName.quote(name);
    return TEMPORAL.contains(dataType.toLowerCase(Locale.ROOT))
        ? "CAST(" + quoted + " AS CHAR)"
        : quoted;
  }
}
