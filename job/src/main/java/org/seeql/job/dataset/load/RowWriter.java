package org.seeql.job.dataset.load;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import org.seeql.job.jdbc.DatabaseSession;

/**
 * Inserts records, many a statement. For one thread.
 *
 * @param <T> the records
 */
final class RowWriter<T> implements AutoCloseable {
  private static final int MOST_ROWS = 2_000;
  private static final long MOST_BYTES = 4L << 20;

  private final RecordTable<T> table;
  private final PreparedStatement insert;
  private int rows;
  private long bytes;
  private long written;

  RowWriter(DatabaseSession session, DataSetTables tables, RecordTable<T> table)
      throws SQLException {
    this.table = requireNonNull(table, "table is null");
    String marks = String.join(", ", Collections.nCopies(table.columns().size(), "?"));
    this.insert =
        session
            .connection()
            .prepareStatement(
                "INSERT INTO %s (%s) VALUES (%s)"
                    .formatted(
                        tables.quoted(table.section().table()), table.quotedColumns(), marks));
  }

  void write(T record) throws SQLException {
    table.bind(insert, record);
    insert.addBatch();
    rows++;
    bytes += table.size(record);
    if (rows == MOST_ROWS || bytes >= MOST_BYTES) {
      flush();
    }
  }

  /** Sends what has been gathered. */
  void flush() throws SQLException {
    if (rows > 0) {
      insert.executeBatch();
      written += rows;
      rows = 0;
      bytes = 0;
    }
  }

  long written() {
    return written;
  }

  @Override
  public void close() throws SQLException {
    insert.close();
  }
}
