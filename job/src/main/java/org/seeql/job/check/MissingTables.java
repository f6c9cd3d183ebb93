package org.seeql.job.check;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.Privilege;
import org.seeql.database.jdbc.Privileges;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.statement.TableName;

/** Suggests existing tables for tables that do not exist. */
final class MissingTables {
  private MissingTables() {}

  /**
   * Names the first table that does not exist, and the tables of its database. Empty if all tables
   * exist.
   *
   * @param database the database of tables that are named without one
   */
  static Optional<String> explain(
      DatabaseSession session, List<TableName> tables, Optional<String> database)
      throws SQLException {
    for (TableName table : tables) {
      Optional<TableName> complete =
          table.database().or(() -> database).map(d -> TableName.of(d, table.name()));
      if (complete.isPresent() && ExistingTable.find(session, complete.get()).isEmpty()) {
        return Optional.of(explain(session, complete.get()));
      }
    }
    return Optional.empty();
  }

  private static String explain(DatabaseSession session, TableName missing) throws SQLException {
    String database = missing.database().orElseThrow();
    if (!ExistingTable.databaseExists(session, database)) {
      if (Privileges.mayBeHidden(session, database)) {
        return hidden(session, database);
      }
      List<String> databases =
          session.query("SELECT schema_name FROM information_schema.schemata", r -> r.getString(1));
      return NearestNames.unknown("database", database, databases);
    }
    if (Privileges.mayBeHidden(session, missing)) {
      return "The table %s does not exist, or user %s may not read it: %s"
          .formatted(
              missing,
              Privileges.account(session),
              Privileges.grant(session, List.of(Privilege.SELECT), missing));
    }
    List<String> known =
        session.query(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = ?",
            row -> row.getString(1),
            database);
    return NearestNames.unknown("table of " + database, missing.name(), known);
  }

  /** The message for a database that may exist but is not visible to the user. */
  static String hidden(DatabaseSession session, String database) throws SQLException {
    return "The database '%s' does not exist, or user %s has no rights on it"
        .formatted(database, Privileges.account(session));
  }
}
