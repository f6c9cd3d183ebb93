package org.seeql.job.jdbc;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seeql.job.RowStream;
import org.seeql.job.StatementResult;

/**
 * The connection in which the user's own statements run, so that USE, temporary tables and
 * variables hold from one to the next. Opened again when it is lost. For one thread.
 */
public final class UserSession implements AutoCloseable {
  private static final int FETCHED_AT_ONCE = 1_000;
  private static final int SECONDS_TO_ANSWER = 10;
  private static final Pattern QUERY =
      Pattern.compile(
          "[\\s(]*(SELECT|WITH|TABLE|VALUES)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final DatabaseConnector connector;
  private DatabaseSession session;
  private Optional<String> database;

  private UserSession(DatabaseConnector connector, DatabaseSession session) throws SQLException {
    this.connector = requireNonNull(connector, "connector is null");
    this.session = requireNonNull(session, "session is null");
    this.database = Optional.ofNullable(session.connection().getCatalog());
  }

  public static UserSession open(DatabaseConnector connector) throws SQLException {
    return new UserSession(connector, DatabaseSession.openForReading(connector));
  }

  /** The session, which answers: a new one in the same database where the old one is lost. */
  public DatabaseSession session() throws SQLException {
    if (!session.connection().isValid(SECONDS_TO_ANSWER)) {
      session.close();
      session = DatabaseSession.openForReading(connector);
      if (database.isPresent()) {
        session.connection().setCatalog(database.get());
      }
    }
    return session;
  }

  /** The database that a table's name without one is looked up in. */
  public Optional<String> database() throws SQLException {
    database =
        session()
            .findFirst("SELECT DATABASE()", row -> Optional.ofNullable(row.getString(1)))
            .orElseThrow();
    return database;
  }

  /** Runs a statement as it is written. Rows are read as they are asked for. */
  public StatementResult execute(String sql) throws SQLException {
    Statement statement = session().connection().createStatement();
    try {
      if (QUERY.matcher(sql).matches()) {
        statement.setFetchSize(FETCHED_AT_ONCE);
      }
      if (statement.execute(sql)) {
        return rows(statement);
      }
      long count = statement.getLargeUpdateCount();
      statement.close();
      database();
      return new StatementResult.Update(Math.max(0, count));
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** The rows of a query that has been executed. */
  static StatementResult.Rows rows(Statement statement) throws SQLException {
    ResultSet rows = statement.getResultSet();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      // an expression may have no name at all
      columns.add(Objects.requireNonNullElse(rows.getMetaData().getColumnLabel(i), ""));
    }
    return new StatementResult.Rows(columns, new ResultSetRows(statement, rows));
  }

  @Override
  public void close() throws SQLException {
    session.close();
  }

  /** The cursor of a query as an iterator. */
  private static final class ResultSetRows implements RowStream {
    private final Statement statement;
    private final ResultSet rows;
    private final int width;
    private boolean positioned;
    private boolean ended;

    ResultSetRows(Statement statement, ResultSet rows) throws SQLException {
      this.statement = statement;
      this.rows = rows;
      this.width = rows.getMetaData().getColumnCount();
    }

    @Override
    public boolean hasNext() {
      try {
        if (!positioned && !ended) {
          positioned = rows.next();
          ended = !positioned;
        }
        return positioned;
      } catch (SQLException e) {
        throw DatabaseErrors.refused("Cannot read the rows", e);
      }
    }

    @Override
    public List<Object> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      try {
        List<Object> cells = new ArrayList<>(width);
        for (int i = 1; i <= width; i++) {
          cells.add(rows.getObject(i));
        }
        positioned = false;
        return Collections.unmodifiableList(cells);
      } catch (SQLException e) {
        throw DatabaseErrors.refused("Cannot read the rows", e);
      }
    }

    @Override
    public void close() {
      ended = true;
      positioned = false;
      try {
        statement.close();
      } catch (SQLException e) {
        // a lost connection has closed the cursor already
      }
    }
  }
}
