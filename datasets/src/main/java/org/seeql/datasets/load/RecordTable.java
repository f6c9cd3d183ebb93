package org.seeql.datasets.load;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.seeql.datasets.record.Section;
import org.seeql.datasets.sql.RowText;
import org.seeql.planner.statement.TableName;

/**
 * How records of one kind lie in their table.
 *
 * @param <T> a record that is equal to another one if their rows are
 */
interface RecordTable<T> {
  Section section();

  /** The key first. */
  List<String> columns();

  long id(T record);

  /** Writes the values in the order of {@link #columns}. */
  void write(T record, RowText row);

  /** Reads a row of {@link #columns}. */
  T read(ResultSet row) throws SQLException;

  /** Whether a row that was read is that of a record. */
  default boolean isSame(T stored, T record) {
    return stored.equals(record);
  }

  default String quotedColumns() {
    return columns().stream().map(TableName::quote).collect(Collectors.joining(", "));
  }

  static Optional<String> text(ResultSet row, int index) throws SQLException {
    return Optional.ofNullable(row.getString(index));
  }

  static OptionalInt integer(ResultSet row, int index) throws SQLException {
    int value = row.getInt(index);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  static OptionalLong longInteger(ResultSet row, int index) throws SQLException {
    long value = row.getLong(index);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
