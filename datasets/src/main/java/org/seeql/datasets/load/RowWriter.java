package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.sql.Statement;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.datasets.sql.RowText;

/**
 * Inserts records, many a statement. For one thread, in a session whose {@code sql_mode} is {@link
 * DataSetTables#SQL_MODE}.
 *
 * @param <T> the records
 */
final class RowWriter<T> implements AutoCloseable {
  // half of the least that servers take in a packet: MariaDB before 10.2 and MySQL before 8 took
  // 4 MiB, and a character is up to three bytes
  private static final int MOST_CHARACTERS = 1 << 20;

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
    this.statement = session.connection().createStatement();
    // the driver would look for braces, of which JSON has many
    statement.setEscapeProcessing(false);
  }

  void write(T record) throws SQLException {
    rows.beginRow();
    table.write(record, rows);
    rows.endRow();
    if (rows.length() >= MOST_CHARACTERS) {
      flush();
    }
  }

  /** Sends what has been gathered. */
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
