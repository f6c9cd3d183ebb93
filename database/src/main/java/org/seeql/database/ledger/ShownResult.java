package org.seeql.database.ledger;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.QueryRows;
import org.seeql.database.jdbc.RowStream;
import org.seeql.database.jdbc.SessionResult;
import org.seeql.database.jdbc.UserSession;
import org.seeql.planner.statement.TableName;

/** The rows of a run without a target. Closing the rows drops them. */
public final class ShownResult {
  private ShownResult() {}

  /** Opens the rows over a separate connection. */
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

  private static String query(DatabaseSession session, ResultTable result) throws SQLException {
    List<String> names =
        ExistingTable.find(session, result.written()).stream()
            .flatMap(table -> table.columns().stream())
            .map(ExistingTable.ExistingColumn::name)
            .toList();
    String columns =
        withoutKey(names).stream().map(TableName::quote).collect(Collectors.joining(", "));
    return "SELECT %s FROM %s".formatted(columns, result.written().quoted());
  }

  // The key is the last column, and some servers cannot hide it.
  private static List<String> withoutKey(List<String> names) {
    int last = names.size() - 1;
    return last >= 0 && RowKey.isKey(names.get(last)) ? names.subList(0, last) : names;
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
        if (!session.isClosed()) {
          result.dropShown(session);
        }
      } catch (SQLException e) {
        throw DatabaseErrors.refused("Cannot drop the rows of run " + result.runId(), e);
      }
    }
  }
}
