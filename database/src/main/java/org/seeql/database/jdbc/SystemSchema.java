package org.seeql.database.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.seeql.planner.statement.TableName;

/**
 * The database {@code seeql} with SeeQL's own tables. It is created on first use and migrated by
 * version.
 */
public final class SystemSchema {
  public static final String DATABASE = "seeql";
  private static final String LATEST_VERSION = "11";

  private SystemSchema() {}

  /** The quoted name of one of SeeQL's own tables, for use in any statement. */
  public static String table(String name) {
    return TableName.of(DATABASE, name).quoted();
  }

  /**
   * Migrates the tables to the latest version. Several processes may call this concurrently.
   *
   * @throws SQLException if the server does not respond or rejects a statement, for example because
   *     of a missing privilege
   */
  public static void migrate(DatabaseConnector connector) throws SQLException {
    try {
      if (isUpToDate(connector)) {
        return;
      }
      Flyway flyway =
          Flyway.configure(SystemSchema.class.getClassLoader())
              .dataSource(connector.url(), connector.user(), connector.password())
              .schemas(DATABASE)
              .defaultSchema(DATABASE)
              .createSchemas(true)
              .locations("classpath:org/seeql/database/migration")
              .load();
      if (hasFailed(connector)) {
        flyway.repair(); // deletes the record of a failed migration, so that it runs again
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw new SQLException(
          "Cannot prepare the database '"
              + DATABASE
              + "', where SeeQL keeps its own tables: "
              + lastLine(e)
              + cure(connector, e),
          e);
    } catch (SQLException e) {
      if (!DatabaseErrors.isDenied(e)) {
        throw e;
      }
      throw new SQLException(DatabaseErrors.message(e) + cure(connector, e), e);
    }
  }

  // Only the tables of later versions need all of these privileges.
  private static String cure(DatabaseConnector connector, Exception error) throws SQLException {
    if (DatabaseErrors.findSqlException(error).filter(DatabaseErrors::isDenied).isEmpty()) {
      return "";
    }
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      return "; the user needs all privileges on it: " + Privileges.grantAll(session, DATABASE);
    }
  }

  private static boolean hasFailed(DatabaseConnector connector) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      return has(session, "flyway_schema_history")
          && session
              .findFirst(
                  "SELECT 1 FROM " + table("flyway_schema_history") + " WHERE NOT success LIMIT 1",
                  row -> true)
              .orElse(false);
    }
  }

  // Flyway needs most of a second to determine that there is nothing to migrate.
  private static boolean isUpToDate(DatabaseConnector connector) throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      if (!has(session, "flyway_schema_history")) {
        return false;
      }
      List<String> done =
          session.query(
              "SELECT version FROM "
                  + table("flyway_schema_history")
                  + " WHERE success AND version IS NOT NULL",
              row -> row.getString(1));
      return done.contains(LATEST_VERSION);
    }
  }

  /** Whether anything has been run or registered on a server, as far as the user can see. */
  public static boolean exists(DatabaseSession session) throws SQLException {
    return has(session, "runs");
  }

  private static boolean has(DatabaseSession session, String table) throws SQLException {
    return session
        .findFirst(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
            row -> true,
            DATABASE,
            table)
        .orElse(false);
  }

  private static String lastLine(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("").strip();
  }
}
