package org.seeql.database.jdbc;

import static java.util.Objects.requireNonNull;

import com.mysql.cj.jdbc.JdbcConnection;
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
 * code that opens or borrows a session closes it. Closing it ends an open transaction.
 */
public final class DatabaseSession implements AutoCloseable {
  /**
   * How long the server keeps a borrowed connection open without a statement. The locks of a lost
   * or suspended machine are held for this time. It is shorter than the time for which servers
   * usually let another transaction wait for a lock (50 s).
   */
  public static final Duration MAX_IDLE = Duration.ofSeconds(45);

  private final Connection connection;
  private final Closing closing;
  private boolean closed;

  /**
   * A session over a connection.
   *
   * @param closing closes or returns the connection
   */
  DatabaseSession(Connection connection, Closing closing) {
    this.connection = requireNonNull(connection, "connection is null");
    this.closing = requireNonNull(closing, "closing is null");
  }

  private static DatabaseSession owning(Connection connection) {
    return new DatabaseSession(connection, connection::close);
  }

  /** Closes the connection of a session, or returns it to where it was borrowed. */
  @FunctionalInterface
  interface Closing {
    void close() throws SQLException;
  }

  /** Opens a session with a connection of its own, whose settings the caller may change. */
  public static DatabaseSession open(DatabaseConnector connector) throws SQLException {
    return owning(connector.open());
  }

  /**
   * Borrows a connection for SeeQL's own statements, which this JVM uses again for other sessions.
   * The caller leaves no settings, locks or temporary tables in it, and uses no unqualified names.
   * Transactions are READ COMMITTED, and dates like {@code 0000-00-00} can be written. The server
   * ends a connection that is idle for {@link #MAX_IDLE}.
   */
  public static DatabaseSession borrow(DatabaseConnector connector) throws SQLException {
    return ConnectionPool.borrow(connector, ConnectionPool.Purpose.LEDGER);
  }

  /** Like {@link #openForReading}, with a connection that this JVM uses again. */
  public static DatabaseSession borrowForReading(DatabaseConnector connector) throws SQLException {
    return ConnectionPool.borrow(connector, ConnectionPool.Purpose.READING);
  }

  /** Closes all connections that can be borrowed and are not in use. */
  public static void closeIdle() {
    ConnectionPool.closeIdle();
  }

  /** Closes the connections to a database that can be borrowed and are not in use. */
  public static void closeIdle(DatabaseConnector connector) {
    ConnectionPool.closeIdle(connector);
  }

  /**
   * Opens a session that counts as lost if the server does not respond to a statement in time.
   *
   * @param timeout for each response
   */
  public static DatabaseSession open(DatabaseConnector connector, Duration timeout)
      throws SQLException {
    return owning(connector.open(timeout));
  }

  /** Opens a session whose statements with a fetch size read that many rows at a time. */
  public static DatabaseSession openForReading(DatabaseConnector connector) throws SQLException {
    return owning(connector.openForReading());
  }

  /** The underlying connection. Only the session closes it. */
  public Connection connection() {
    if (isReturned()) {
      throw new IllegalStateException("the session is closed, and others may use its connection");
    }
    return connection;
  }

  private boolean isReturned() {
    try {
      return closed && !connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  /** Whether the session or its connection was closed. A lost connection counts as closed. */
  public boolean isClosed() throws SQLException {
    return closed || connection.isClosed();
  }

  /** The database that unqualified names refer to, if any. */
  public Optional<String> findCurrentDatabase() throws SQLException {
    return Optional.ofNullable(connection().getCatalog()).filter(name -> !name.isEmpty());
  }

  /** Begins a transaction, which {@link #commit} or {@link #rollBack} ends. */
  public void begin() throws SQLException {
    connection().setAutoCommit(false);
  }

  /**
   * Commits the transaction. Each later statement is committed by itself. If the connection is lost
   * after the commit, only later statements fail.
   */
  public void commit() throws SQLException {
    connection().commit();
    try {
      connection().setAutoCommit(true);
    } catch (SQLException e) {
      // Later statements must not run in a transaction that nobody commits.
      closeLost();
    }
  }

  private void closeLost() {
    try {
      connection.close();
    } catch (SQLException e) {
      // already lost
    }
  }

  /** Rolls the transaction back. Each later statement is committed by itself. */
  public void rollBack() throws SQLException {
    connection().rollback();
    connection().setAutoCommit(true);
  }

  /**
   * Rolls the transaction back after an error. Each later statement is committed by itself.
   *
   * @param cause receives the error of the rollback, if any, as suppressed: the server rolls back
   *     the transaction of a lost connection itself
   */
  public void rollBack(Exception cause) {
    try {
      rollBack();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Changes the time after which the server closes the connection if it receives no statement. The
   * caller of a borrowed session restores {@link #MAX_IDLE}, or discards the session.
   */
  public void setMaxIdle(Duration time) throws SQLException {
    execute("SET SESSION wait_timeout = " + time.toSeconds());
  }

  /** A statement without parameters. The caller closes it. */
  public Statement createStatement() throws SQLException {
    return connection().createStatement();
  }

  /** Runs a statement unchanged. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection().createStatement()) {
      statement.execute(sql);
    }
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

  /** A statement with its first parameters set. The caller closes it. */
  public PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement =
        hidesParameters(sql) ? prepareOnServer(sql) : connection().prepareStatement(sql);
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

  /**
   * A statement that the server has parsed: only this one has columns before it is executed. The
   * caller closes it.
   */
  public PreparedStatement prepareOnServer(String sql) throws SQLException {
    return connection().unwrap(JdbcConnection.class).serverPrepareStatement(sql);
  }

  /**
   * Whether the driver may miss parameters: it takes a backslash within a quoted name for an escape
   * of the quote after it, and reads on to the next one. The server counts parameters correctly.
   */
  private static boolean hidesParameters(String sql) {
    return sql.contains("\\`");
  }

  /** Closes the session. Further calls have no effect. */
  @Override
  public void close() throws SQLException {
    if (!closed) {
      closed = true;
      closing.close();
    }
  }

  /**
   * Closes the session after an error that may also affect later statements: the server may have
   * become read-only, or be shutting down. No other session gets its connection, or an idle
   * connection to the same server. Has no effect if the session is closed.
   */
  public void discard() throws SQLException {
    if (!closed) {
      try {
        connection.close();
      } finally {
        close();
      }
    }
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }
}
