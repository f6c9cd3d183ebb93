package org.seeql.datasets.export;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/**
 * A column as described by {@code information_schema.columns}.
 *
 * @param dataType without its length: {@code bigint}
 * @param extra further attributes, for example {@code STORED GENERATED}
 */
record ExportedColumn(String name, String dataType, String extra) {
  // The driver's own text for these types loses signs, fractions and zeros.
  private static final Set<String> TEMPORAL =
      Set.of("date", "time", "datetime", "timestamp", "year");

  ExportedColumn {
    requireNonNull(name, "name is null");
    requireNonNull(dataType, "dataType is null");
    requireNonNull(extra, "extra is null");
  }

  /** The columns that an INSERT must provide, in order. */
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
   * Whether the server computes the column and accepts no value. MySQL 8 reports {@code
   * DEFAULT_GENERATED} for a column with an expression as its default, which does accept values.
   */
  boolean isComputed() {
    String upper = extra.toUpperCase(Locale.ROOT);
    return upper.contains("VIRTUAL GENERATED")
        || upper.contains("STORED GENERATED")
        || upper.contains("PERSISTENT");
  }

  /** The expression that selects its values. */
  String expression() {
    String quoted = TableName.quote(name);
    return TEMPORAL.contains(dataType.toLowerCase(Locale.ROOT))
        ? "CAST(" + quoted + " AS CHAR)"
        : quoted;
  }
}
