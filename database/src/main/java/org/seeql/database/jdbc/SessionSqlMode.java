package org.seeql.database.jdbc;

import java.sql.SQLException;
import org.seeql.database.RefusalException;
import org.seeql.planner.statement.SqlMode;

/** Reads the {@code sql_mode} of sessions. */
public final class SessionSqlMode {
  private SessionSqlMode() {}

  /**
   * The mode in which a new session starts.
   *
   * @throws RefusalException if the database cannot be reached or rejects the user
   */
  public static SqlMode ofNewSession(DatabaseConnector database) {
    try (DatabaseSession session = DatabaseSession.open(database)) {
      return of(session);
    } catch (SQLException e) {
      throw DatabaseErrors.cannotConnect(database, e);
    }
  }

  /** The session's current mode. */
  public static SqlMode of(DatabaseSession session) throws SQLException {
    return session
        .findFirst("SELECT @@SESSION.sql_mode", row -> SqlMode.parse(row.getString(1)))
        .orElseThrow();
  }
}
