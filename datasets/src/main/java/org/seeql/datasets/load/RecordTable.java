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
 * Maps records of one kind to the rows of their table.
 *
 * @param <T> a record type; two records are equal if their rows are equal
 */
interface RecordTable<T> {
  Section section();

  /** The columns, starting with the key. */
  List<String> columns();

  long id(T record);

  /** Writes the values in the order of {@link #columns}. */
  void write(T record, RowText row);

  /** Reads a row of {@link #columns}. */
  T read(ResultSet row) throws SQLException;

  /** Whether a stored row is identical to a record. */
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
