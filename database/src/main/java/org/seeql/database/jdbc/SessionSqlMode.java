package org.seeql.database.jdbc;

import java.sql.SQLException;
import org.seeql.database.RefusalException;
import org.seeql.planner.statement.SqlMode;

/** Asks for the {@code sql_mode} of sessions. */
public final class SessionSqlMode {
  private SessionSqlMode() {}

  /**
   * The mode with which a new session begins.
   *
   * @throws RefusalException if the database cannot be reached or refuses the user
   */
  public static SqlMode ofNewSession(DatabaseConnector database) {
    try (DatabaseSession session = DatabaseSession.open(database)) {
      return of(session);
    } catch (SQLException e) {
      throw DatabaseErrors.cannotConnect(database, e);
    }
  }

  /** The mode that a session has now. */
  public static SqlMode of(DatabaseSession session) throws SQLException {
    return session
        .findFirst("SELECT @@SESSION.sql_mode", row -> SqlMode.parse(row.getString(1)))
        .orElseThrow();
  }
}
