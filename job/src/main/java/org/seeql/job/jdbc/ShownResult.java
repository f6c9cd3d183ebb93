package org.seeql.job.jdbc;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.seeql.job.RowStream;
import org.seeql.job.StatementResult;

/** The rows of a run without a target. They are dropped once they are closed. */
public final class ShownResult {
  private ShownResult() {}

  /** Opens the rows, over a connection of their own. */
  public static StatementResult.Rows open(DatabaseConnector connector, ResultTable result)
      throws SQLException {
    DatabaseSession session = DatabaseSession.openForReading(connector);
    try {
      Statement statement = session.connection().createStatement();
      QueryRows.streaming(statement).execute("SELECT * FROM " + result.written().quoted());
      List<String> columns = UserSession.columns(statement.getResultSet());
      QueryRows rows = new QueryRows(connector, statement);
      return new StatementResult.Rows(columns, new Dropping(session, result, rows));
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  private record Dropping(DatabaseSession session, ResultTable result, RowStream rows)
      implements RowStream {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public List<Object> next() {
      return rows.next();
    }

    @Override
    public void close() {
      rows.close();
      try (session) {
        if (!session.connection().isClosed()) {
          result.dropShown(session);
        }
      } catch (SQLException e) {
        throw DatabaseErrors.refused("Cannot drop the rows of run " + result.runId(), e);
      }
    }
  }
}
