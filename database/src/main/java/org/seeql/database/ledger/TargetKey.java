package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Locale;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/**
 * Identifies a table on a server: the names of the database and the table, in lower case if the
 * server ignores the case of names.
 */
record TargetKey(String database, String table) {
  TargetKey {
    requireNonNull(database, "database is null");
    requireNonNull(table, "table is null");
  }

  /**
   * The key of a table.
   *
   * @param table with its database
   */
  static TargetKey of(DatabaseSession session, TableName table) throws SQLException {
    return of(table, ignoresCase(session));
  }

  static TargetKey of(TableName table, boolean ignoresCase) {
    TargetKey key = new TargetKey(table.database().orElseThrow(), table.name());
    return ignoresCase
        ? new TargetKey(key.database.toLowerCase(Locale.ROOT), key.table.toLowerCase(Locale.ROOT))
        : key;
  }

  static boolean ignoresCase(DatabaseSession session) throws SQLException {
    return session
        .findFirst("SELECT @@lower_case_table_names <> 0", row -> row.getBoolean(1))
        .orElseThrow();
  }
}
