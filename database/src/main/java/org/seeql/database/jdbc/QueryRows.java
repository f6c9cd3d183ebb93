package org.seeql.database.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.mysql.cj.jdbc.JdbcConnection;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import org.seeql.database.RefusalException;

/**
 * The rows of a query, with values as the server formats them. Rows are streamed over the wire as
 * text. A server-side cursor would send binary values: the driver cannot read zero dates and
 * negative times from them, and formats floating-point numbers in its own way.
 *
 * <p>The connection can execute nothing else until the rows are closed. Not thread-safe.
 */
public final class QueryRows implements RowStream {
  private final DatabaseConnector connector;
  private final Statement statement;
  private final long connectionId;
  private final ResultSet rows;
  private final int[] types;
  private long read;
  private boolean positioned;
  private boolean ended;
  private boolean closed;
  private boolean interrupted;

  /**
   * The rows of a statement that has been executed.
   *
   * @param connector a connector to the statement's server
   */
  public QueryRows(DatabaseConnector connector, Statement statement) throws SQLException {
    this.connector = requireNonNull(connector, "connector is null");
    this.statement = requireNonNull(statement, "statement is null");
    this.connectionId = statement.getConnection().unwrap(JdbcConnection.class).getId();
    this.rows = statement.getResultSet();
    this.types = new int[rows.getMetaData().getColumnCount()];
    for (int i = 0; i < types.length; i++) {
      types[i] = rows.getMetaData().getColumnType(i + 1);
    }
  }

  /** Configures a statement to stream its rows. */
  public static Statement streaming(Statement statement) throws SQLException {
    // the value by which the driver recognizes streaming
    statement.setFetchSize(Integer.MIN_VALUE);
    return statement;
  }

  @Override
  public boolean hasNext() {
    if (interrupted) {
      throw new RefusalException(
          "Cannot read all rows: another statement was executed before the last row was read");
    }
    try {
      if (!positioned && !ended) {
        positioned = rows.next();
        ended = !positioned;
      }
      return positioned;
    } catch (SQLException e) {
      ended = true;
      throw failed(e);
    }
  }

  private RuntimeException failed(SQLException error) {
    if (DatabaseErrors.isConnectionLost(error) || isStreamInterrupted(error)) {
      return new UnreadableRowsException(
          "Cannot read the rows after the first %,d: the connection to the database at %s is lost"
              .formatted(read, connector.address()),
          error);
    }
    return DatabaseErrors.refused("Cannot read the rows", error);
  }

  // If the stream ends within a row, the driver sets no SQL state of a lost connection.
  private static boolean isStreamInterrupted(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<Object> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    positioned = false;
    try {
      List<Object> cells = new ArrayList<>(types.length);
      for (int i = 1; i <= types.length; i++) {
        cells.add(cell(i));
      }
      read++;
      return Collections.unmodifiableList(cells);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private Object cell(int column) throws SQLException {
    byte[] bytes = rows.getBytes(column);
    if (bytes == null) {
      return null;
    }
    return switch (types[column - 1]) {
      case Types.BIT, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> bytes;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.DECIMAL ->
          exactNumber(column, new String(bytes, US_ASCII));
      case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.NUMERIC ->
          new NumberText(new String(bytes, US_ASCII));
      case Types.DATE, Types.TIME, Types.TIMESTAMP -> new String(bytes, US_ASCII);
      default -> rows.getString(column);
    };
  }

  private Object exactNumber(int column, String text) throws SQLException {
    Object number = rows.getObject(column);
    String written = number instanceof BigDecimal d ? d.toPlainString() : String.valueOf(number);
    return written.equals(text) ? number : new NumberText(text);
  }

  /** Closes rows that may not have been read to the end, before another statement runs. */
  void interrupt() {
    interrupted = !ended && !closed;
    close();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!ended) {
      stopServer();
    }
    ended = true;
    positioned = false;
    try {
      statement.close();
    } catch (SQLException e) {
      // a lost connection has already closed the rows
    }
  }

  // Closing reads all remaining rows, which can be a whole table.
  private void stopServer() {
    try (DatabaseSession other = DatabaseSession.open(connector)) {
      other.execute("KILL QUERY " + connectionId);
    } catch (SQLException e) {
      // then closing reads the remaining rows
    }
  }
}
