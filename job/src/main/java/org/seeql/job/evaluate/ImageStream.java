package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;

/** Streams the rows of a query over a separate connection. For one thread; the caller closes it. */
final class ImageStream implements AutoCloseable {
  private static final int FETCHED_AT_ONCE = 500;

  private final DatabaseSession session;
  private final Statement statement;
  private final ResultSet rows;

  private ImageStream(DatabaseSession session, Statement statement, ResultSet rows) {
    this.session = requireNonNull(session, "session is null");
    this.statement = requireNonNull(statement, "statement is null");
    this.rows = requireNonNull(rows, "rows is null");
  }

  static ImageStream open(DatabaseConnector connector, String query) throws SQLException {
    DatabaseSession session = DatabaseSession.openForReading(connector);
    try {
      Statement statement = session.createStatement();
      statement.setFetchSize(FETCHED_AT_ONCE);
      return new ImageStream(session, statement, statement.executeQuery(query));
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  /** Moves to the next row; false at the end. */
  boolean next() throws SQLException {
    return rows.next();
  }

  /** The current row. */
  ResultSet row() {
    return rows;
  }

  @Override
  public void close() throws SQLException {
    try (session;
        statement) {
      rows.close();
    }
  }
}
