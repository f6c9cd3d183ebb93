package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/** Rows for a table of the database. They are inserted by the transaction of the commit. */
public final class TableRows implements AttemptRows {
  private static final int BUFFERED_ROWS = 10_000;
  private static final long BUFFERED_LENGTH = 16L << 20;
  private static final int ROWS_PER_STATEMENT = 1_000;

  private final String runId;
  private final TableName table;
  private final ResultLayout layout;
  private final List<ResultInsert.ResultRow> rows = new ArrayList<>();
  private long length;
  private Optional<ResultInsert> insert = Optional.empty();

  /**
   * Rows of a run.
   *
   * @param table with its database; it exists
   */
  public TableRows(String runId, TableName table, ResultLayout layout) {
    this.runId = requireNonNull(runId, "runId is null");
    this.table = requireNonNull(table, "table is null");
    this.layout = requireNonNull(layout, "layout is null");
  }

  @Override
  public void add(SelectedRow image, List<Object> computed) {
    rows.add(new ResultInsert.ResultRow(image.row(), image.id(), image.path(), computed));
    for (Object value : computed) {
      length += value instanceof String text ? text.length() : 0;
      length += value instanceof byte[] bytes ? bytes.length : 0;
    }
  }

  @Override
  public boolean isFull() {
    return rows.size() >= BUFFERED_ROWS || length >= BUFFERED_LENGTH;
  }

  @Override
  public void complete() {
    // nothing is outside the database
  }

  @Override
  public void write(DatabaseSession transaction) throws SQLException {
    for (int from = 0; from < rows.size(); from += ROWS_PER_STATEMENT) {
      insert(transaction)
          .write(transaction, rows.subList(from, Math.min(rows.size(), from + ROWS_PER_STATEMENT)));
    }
  }

  private ResultInsert insert(DatabaseSession session) throws SQLException {
    if (insert.isEmpty()) {
      SelectionTypes types = SelectionTypes.of(session, runId);
      insert = Optional.of(new ResultInsert(table, Selection.table(runId), layout, types));
    }
    return insert.get();
  }

  @Override
  public void clear() {
    rows.clear();
    length = 0;
  }

  @Override
  public void close() {
    clear();
  }
}
