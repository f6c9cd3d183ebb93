package org.seeql.database.jdbc;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One connection to the database, with the few operations that SeeQL needs. Not thread-safe. The
 * code that opens a session closes it.
 */
public final class DatabaseSession implements AutoCloseable {
  private final Connection connection;

  private DatabaseSession(Connection connection) {
    this.connection = requireNonNull(connection, "connection is null");
  }

  public static DatabaseSession open(DatabaseConnector connector) throws SQLException {
    return new DatabaseSession(connector.open());
  }

  /**
   * Opens a session that counts as lost if the server does not respond to a statement in time.
   *
   * @param timeout for each response
   */
  public static DatabaseSession open(DatabaseConnector connector, Duration timeout)
      throws SQLException {
    return new DatabaseSession(connector.open(timeout));
  }

  /** Opens a session whose statements with a fetch size read that many rows at a time. */
  public static DatabaseSession openForReading(DatabaseConnector connector) throws SQLException {
    return new DatabaseSession(connector.openForReading());
  }

  /** The underlying connection. This session owns and closes it. */
  public Connection connection() {
    return connection;
  }

  /** Runs a statement unchanged. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Lets this session write dates like {@code 0000-00-00}. A table may contain such dates because
   * the server accepted them earlier.
   */
  public void allowZeroDates() throws SQLException {
    // TRADITIONAL includes the other two modes.
    execute(
        "SET SESSION sql_mode = REPLACE(REPLACE(REPLACE(@@SESSION.sql_mode, 'NO_ZERO_IN_DATE', ''),"
            + " 'NO_ZERO_DATE', ''), 'TRADITIONAL', '')");
  }

  /** Runs a statement that changes rows and returns the number of rows that it matched. */
  public long update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeLargeUpdate();
    }
  }

  public <T> List<T> query(String sql, RowMapper<T> mapper, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> results = new ArrayList<>();
      while (rows.next()) {
        results.add(mapper.map(rows));
      }
      return results;
    }
  }

  public <T> Optional<T> findFirst(String sql, RowMapper<T> mapper, Object... parameters)
      throws SQLException {
    return query(sql, mapper, parameters).stream().findFirst();
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }
}
