package org.seeql.chaos.kill;

import java.sql.SQLException;
import java.util.List;
import org.seeql.chaos.Workplace;
import org.seeql.database.jdbc.DatabaseSession;

/** A connection of a SeeQL process to the database server. */
record Connection(long id, boolean executes, boolean hasTransaction) {
  /** All connections except that of the session. */
  static List<Connection> list(Workplace place, DatabaseSession session) throws SQLException {
    return session.query(
        "SELECT p.id, p.command <> 'Sleep', EXISTS (SELECT 1 FROM information_schema.innodb_trx AS t"
            + " WHERE t.trx_mysql_thread_id = p.id) FROM information_schema.processlist AS p"
            + " WHERE p.id <> CONNECTION_ID() AND p.user = '"
            + place.connector().user()
            + "'",
        row -> new Connection(row.getLong(1), row.getBoolean(2), row.getBoolean(3)));
  }

  boolean isAtWork() {
    return executes || hasTransaction;
  }
}
