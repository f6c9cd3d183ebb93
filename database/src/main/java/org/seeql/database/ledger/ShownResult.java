package org.seeql.database.ledger;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.QueryRows;
import org.seeql.database.jdbc.RowStream;
import org.seeql.database.jdbc.SessionResult;
import org.seeql.database.jdbc.UserSession;
import org.seeql.planner.statement.TableName;

/** The rows of a run without a target. They are dropped once they are closed. */
public final class ShownResult {
  private ShownResult() {}

  /** Opens the rows, over a connection of their own. */
  public static SessionResult.Query open(DatabaseConnector connector, ResultTable result)
      throws SQLException {
    DatabaseSession session = DatabaseSession.openForReading(connector);
    try {
      Statement statement = session.connection().createStatement();
      QueryRows.streaming(statement).execute(query(session, result));
      List<String> columns = UserSession.columns(statement.getResultSet());
      QueryRows rows = new QueryRows(connector, statement);
      return new SessionResult.Query(columns, new Dropping(session, result, rows));
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  // all columns but the key, which some servers cannot hide
  private static String query(DatabaseSession session, ResultTable result) throws SQLException {
    List<String> columns =
        ExistingTable.find(session, result.written()).stream()
            .flatMap(table -> table.columns().stream())
            .map(ExistingTable.ExistingColumn::name)
            .filter(name -> !name.startsWith(RowKey.NAME))
            .map(TableName::quote)
            .toList();
    return "SELECT %s FROM %s".formatted(String.join(", ", columns), result.written().quoted());
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
