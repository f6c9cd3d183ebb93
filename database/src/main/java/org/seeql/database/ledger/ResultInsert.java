package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/**
 * The INSERT of a result. If a task has the selected values and they are exact as text, it inserts
 * many rows with one VALUES statement. Otherwise it joins the computed values to the selection
 * inside the database, so that the selected values keep their types.
 */
final class ResultInsert {
  // A statement of 100 rows costs only a little more per row than one of 1,000 rows.
  private static final int ROWS_PER_JOIN = 100;
  private static final long MAX_JOIN_LENGTH = 1L << 20;

  private final ResultLayout layout;
  private final boolean hasValues;
  private final String insert;
  private final String selection;
  private final String selected;

  ResultInsert(TableName table, TableName selection, ResultLayout layout, SelectionTypes types) {
    this.layout = requireNonNull(layout, "layout is null");
    this.selection = selection.quoted();
    List<String> columns =
        layout.selectedColumns().stream().map(c -> Selection.column(c.selected())).toList();
    this.hasValues = layout.takesOnlyIdAndPath() && columns.stream().allMatch(types::isExactAsText);
    this.selected =
        columns.stream()
            .map(column -> "s." + TableName.quote(column) + ", ")
            .collect(Collectors.joining());
    String names =
        Stream.concat(layout.selectedColumns().stream(), layout.computedColumns().stream())
            .map(column -> TableName.quote(column.name()))
            .collect(Collectors.joining(", "));
    this.insert = "INSERT INTO " + table.quoted() + " (" + names + ") ";
  }

  void write(DatabaseSession session, List<ResultRow> rows) throws SQLException {
    if (hasValues) {
      writeValues(session, rows);
      return;
    }
    int from = 0;
    while (from < rows.size()) {
      int to = endOfJoin(rows, from);
      writeJoined(session, rows.subList(from, to));
      from = to;
    }
  }

  private void writeValues(DatabaseSession session, List<ResultRow> rows) throws SQLException {
    List<ResultColumn.Selected> selectedColumns = layout.selectedColumns();
    int values = selectedColumns.size() + layout.computedColumns().size();
    try (PreparedStatement statement =
        session.prepare(insert + "VALUES (" + parameters(values) + ")")) {
      for (ResultRow row : rows) {
        int next = 1;
        for (ResultColumn.Selected column : selectedColumns) {
          boolean isId = column.selected().equals(layout.idColumn());
          statement.setObject(next++, isId ? row.id() : row.path());
        }
        bind(statement, next, row.computed());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static int endOfJoin(List<ResultRow> rows, int from) {
    long length = 0;
    int to = from;
    while (to < rows.size() && to - from < ROWS_PER_JOIN && length < MAX_JOIN_LENGTH) {
      length += rows.get(to).length();
      to++;
    }
    return to;
  }

  private void writeJoined(DatabaseSession session, List<ResultRow> rows) throws SQLException {
    int computed = layout.computedColumns().size();
    String first =
        IntStream.range(0, computed)
            .mapToObj(i -> ", ? AS c" + i)
            .collect(Collectors.joining("", "SELECT ? AS n", ""));
    String others = " UNION ALL SELECT " + parameters(computed + 1);
    // Rows are inserted in order: the left table of a STRAIGHT_JOIN is read first.
    String sql =
        "%sSELECT %s FROM (%s%s) AS v STRAIGHT_JOIN %s AS s ON s.%s = v.n"
            .formatted(
                insert,
                selected
                    + IntStream.range(0, computed)
                        .mapToObj(i -> "v.c" + i)
                        .collect(Collectors.joining(", ")),
                first,
                others.repeat(rows.size() - 1),
                selection,
                TableName.quote(Selection.ROW));
    try (PreparedStatement statement = session.prepare(sql)) {
      int next = 1;
      for (ResultRow row : rows) {
        statement.setLong(next++, row.row());
        next = bind(statement, next, row.computed());
      }
      int written = statement.executeUpdate();
      if (written != rows.size()) {
        throw new IllegalStateException(
            "%d of %d rows were written".formatted(written, rows.size()));
      }
    }
  }

  private static String parameters(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  private static int bind(PreparedStatement statement, int first, List<Object> values)
      throws SQLException {
    int next = first;
    for (Object value : values) {
      statement.setObject(next++, value);
    }
    return next;
  }

  /** A row of the result. The id and the path may be null, as in the selection. */
  record ResultRow(long row, Object id, Object path, List<Object> computed) {
    private long length() {
      long length = 0;
      for (Object value : computed) {
        length += value instanceof String text ? text.length() : 0;
        length += value instanceof byte[] bytes ? bytes.length : 0;
      }
      return length;
    }
  }
}
