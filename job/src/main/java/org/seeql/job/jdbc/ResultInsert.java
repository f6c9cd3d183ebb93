package org.seeql.job.jdbc;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seeql.planner.statement.TableName;

/**
 * The INSERT of a result. Where a task has the selected values at hand, and they are exact as text,
 * many rows are one statement of VALUES; else each row takes its selected columns from the
 * selection inside the database, so that every type is kept.
 */
final class ResultInsert {
  private final ResultLayout layout;
  private final boolean hasValues;
  private final String sql;

  ResultInsert(TableName table, TableName selection, ResultLayout layout, SelectionTypes types) {
    this.layout = requireNonNull(layout, "layout is null");
    List<String> columns =
        layout.selectedColumns().stream().map(c -> Selection.column(c.selected())).toList();
    List<String> selected = columns.stream().map(TableName::quote).toList();
    this.hasValues = layout.takesOnlyIdAndPath() && columns.stream().allMatch(types::isExactAsText);
    List<String> computed = Collections.nCopies(layout.computedColumns().size(), "?");
    String names =
        Stream.concat(layout.selectedColumns().stream(), layout.computedColumns().stream())
            .map(column -> TableName.quote(column.name()))
            .collect(Collectors.joining(", "));
    String insert = "INSERT INTO " + table.quoted() + " (" + names + ") ";
    if (hasValues) {
      int values = selected.size() + computed.size();
      this.sql = insert + "VALUES (" + String.join(", ", Collections.nCopies(values, "?")) + ")";
    } else {
      String values =
          Stream.concat(selected.stream(), computed.stream()).collect(Collectors.joining(", "));
      this.sql =
          "%sSELECT %s FROM %s WHERE %s = ?"
              .formatted(insert, values, selection.quoted(), TableName.quote(Selection.ROW));
    }
  }

  void write(Connection connection, List<ResultRow> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (ResultRow row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void bind(PreparedStatement statement, ResultRow row) throws SQLException {
    int next = 1;
    if (hasValues) {
      for (ResultColumn column : layout.selectedColumns()) {
        boolean isId = column.selected().equals(layout.idColumn());
        statement.setObject(next++, isId ? row.id() : row.path());
      }
    }
    for (Object value : row.computed()) {
      statement.setObject(next++, value);
    }
    if (!hasValues) {
      statement.setLong(next, row.row());
    }
  }

  /** A row of the result; id and path may be null, as in the selection. */
  record ResultRow(long row, Object id, Object path, List<Object> computed) {}
}
