package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.sql.Statement;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.datasets.sql.RowText;

/**
 * Inserts records, with many rows per statement. For a session whose {@code sql_mode} is {@link
 * DataSetTables#SQL_MODE}. Not thread-safe.
 *
 * @param <T> the records
 */
final class RowWriter<T> implements AutoCloseable {
  // Below the smallest packet limit: MariaDB before 10.2 and MySQL before 8 accept 4 MiB. A
  // character has up to three bytes.
  private static final int MAX_CHARACTERS = 1 << 20;

  private final RecordTable<T> table;
  private final String insert;
  private final Statement statement;
  private final RowText rows = new RowText();
  private long written;

  RowWriter(DatabaseSession session, DataSetTables tables, RecordTable<T> table)
      throws SQLException {
    this.table = requireNonNull(table, "table is null");
    this.insert =
        "INSERT INTO %s (%s) VALUES\n"
            .formatted(tables.quoted(table.section().table()), table.quotedColumns());
    this.statement = session.createStatement();
    // The driver would process braces, which JSON contains in large numbers.
    statement.setEscapeProcessing(false);
  }

  void write(T record) throws SQLException {
    rows.beginRow();
    table.write(record, rows);
    rows.endRow();
    if (rows.length() >= MAX_CHARACTERS) {
      flush();
    }
  }

  /** Sends the buffered rows. */
  void flush() throws SQLException {
    if (rows.rows() > 0) {
      statement.executeUpdate(insert + rows);
      written += rows.rows();
      rows.clear();
    }
  }

  long written() {
    return written;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
