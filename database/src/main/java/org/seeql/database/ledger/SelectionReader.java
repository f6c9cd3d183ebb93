package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.UncheckedSqlException;

/**
 * Rows of a selection, in order, over a separate connection. A cursor on the server returns them in
 * batches. A slow model therefore neither keeps a result open on the wire nor buffers it in memory.
 * Not thread-safe. The code that opens a reader closes it.
 */
public final class SelectionReader implements Iterator<SelectedRow>, AutoCloseable {
  private static final int FETCH_SIZE = 1_000;

  private final DatabaseSession session;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private boolean positioned;
  private boolean ended;

  private SelectionReader(DatabaseSession session, PreparedStatement statement, ResultSet rows) {
    this.session = requireNonNull(session, "session is null");
    this.statement = requireNonNull(statement, "statement is null");
    this.rows = requireNonNull(rows, "rows is null");
  }

  /** Opens the rows of a partition. */
  public static SelectionReader open(
      DatabaseConnector connector, String runId, ResultLayout layout, PartitionBounds partition)
      throws SQLException {
    return open(
        connector,
        runId,
        layout,
        "BETWEEN %d AND %d".formatted(partition.firstRow(), partition.lastRow()));
  }

  /**
   * Opens some rows.
   *
   * @param rows their numbers, from 1; at least one
   */
  public static SelectionReader openRows(
      DatabaseConnector connector, String runId, ResultLayout layout, Collection<Long> rows)
      throws SQLException {
    return open(
        connector,
        runId,
        layout,
        rows.stream().map(String::valueOf).collect(Collectors.joining(", ", "IN (", ")")));
  }

  private static SelectionReader open(
      DatabaseConnector connector, String runId, ResultLayout layout, String rows)
      throws SQLException {
    DatabaseSession session = DatabaseSession.borrowForReading(connector);
    try {
      SelectionTypes types = SelectionTypes.of(session, runId);
      PreparedStatement statement =
          session.prepare(
              "SELECT %1$s, %2$s, %3$s FROM %4$s WHERE %1$s %5$s ORDER BY %1$s"
                  .formatted(
                      Selection.ROW,
                      types.text(Selection.column(layout.idColumn())),
                      types.path(Selection.column(layout.pathColumn())),
                      Selection.table(runId).quoted(),
                      rows));
      return open(session, statement);
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  private static SelectionReader open(DatabaseSession session, PreparedStatement statement)
      throws SQLException {
    try {
      statement.setFetchSize(FETCH_SIZE);
      return new SelectionReader(session, statement, statement.executeQuery());
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /**
   * Whether there is another row. Throws {@link UncheckedSqlException} if the connection is lost.
   */
  @Override
  public boolean hasNext() {
    try {
      if (!positioned && !ended) {
        positioned = rows.next();
        ended = !positioned;
      }
      return positioned;
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  @Override
  public SelectedRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    positioned = false;
    try {
      return new SelectedRow(rows.getLong(1), rows.getString(2), rows.getObject(3));
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    try (session;
        statement) {
      rows.close();
    }
  }
}
