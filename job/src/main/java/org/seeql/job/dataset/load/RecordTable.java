package org.seeql.job.dataset.load;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.seeql.job.dataset.record.Section;
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

  /** Fills the parameters of an INSERT, in the order of {@link #columns}. */
  void bind(PreparedStatement insert, T record) throws SQLException;

  /** Reads a row of {@link #columns}. */
  T read(ResultSet row) throws SQLException;

  /** Whether a row that was read is that of a record. */
  default boolean isSame(T stored, T record) {
    return stored.equals(record);
  }

  /** About how many bytes its row takes in a statement. */
  default long size(T record) {
    return 200;
  }

  default String quotedColumns() {
    return columns().stream().map(TableName::quote).collect(Collectors.joining(", "));
  }

  /** Sets a text, or NULL. */
  static void text(PreparedStatement insert, int index, Optional<String> value)
      throws SQLException {
    insert.setString(index, value.orElse(null));
  }

  static void integer(PreparedStatement insert, int index, OptionalInt value) throws SQLException {
    if (value.isPresent()) {
      insert.setInt(index, value.getAsInt());
    } else {
      insert.setNull(index, Types.INTEGER);
    }
  }

  static void integer(PreparedStatement insert, int index, OptionalLong value) throws SQLException {
    if (value.isPresent()) {
      insert.setLong(index, value.getAsLong());
    } else {
      insert.setNull(index, Types.BIGINT);
    }
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
