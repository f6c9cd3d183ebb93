package org.seeql.job.sink;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.QueryRows;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.Selection;
import org.seeql.job.file.FileColumn;
import org.seeql.job.file.TableColumn;

/** The selected values of rows of a result, and the columns of its files. Immutable. */
final class SelectedValues {
  private final String runId;
  private final ResultLayout layout;
  private final List<FileColumn> columns;
  private final String expressions;

  private SelectedValues(
      String runId, ResultLayout layout, List<FileColumn> columns, String expressions) {
    this.runId = requireNonNull(runId, "runId is null");
    this.layout = requireNonNull(layout, "layout is null");
    this.columns = List.copyOf(columns);
    this.expressions = requireNonNull(expressions, "expressions is null");
  }

  static SelectedValues of(DatabaseSession session, String runId, ResultLayout layout)
      throws SQLException {
    Map<String, TableColumn> selection =
        TableColumn.list(session, Selection.table(runId)).stream()
            .collect(
                Collectors.toMap(
                    c -> c.column().name().toLowerCase(Locale.ROOT), Function.identity()));
    List<FileColumn> columns = new ArrayList<>();
    List<String> expressions = new ArrayList<>(List.of(Selection.ROW));
    for (ResultColumn column : layout.columns()) {
      columns.add(
          column.map(
              selected -> {
                TableColumn from =
                    selection.get(Selection.column(selected.selected()).toLowerCase(Locale.ROOT));
                expressions.add(from.expression());
                return from.column().named(selected.name());
              },
              computed -> new FileColumn(computed.name(), kind(computed.type().kind()))));
    }
    return new SelectedValues(runId, layout, columns, String.join(", ", expressions));
  }

  private static FileColumn.Kind kind(ColumnType.Kind kind) {
    return switch (kind) {
      case INT -> FileColumn.Kind.INT32;
      case BIGINT -> FileColumn.Kind.INT64;
      case DOUBLE -> FileColumn.Kind.DOUBLE;
      case BOOLEAN -> FileColumn.Kind.BOOLEAN;
      case TEXT, EXACT_TEXT -> FileColumn.Kind.TEXT;
      case JSON -> FileColumn.Kind.JSON;
      case BYTES -> FileColumn.Kind.BYTES;
    };
  }

  /** The columns of the result, in order. */
  List<FileColumn> columns() {
    return columns;
  }

  /**
   * Reads the selected values of rows, by the number of the row.
   *
   * @param session of its own, because its time zone is changed
   */
  Map<Long, List<Object>> read(
      DatabaseConnector connector, DatabaseSession session, List<Long> numbers)
      throws SQLException {
    Map<Long, List<Object>> values = new HashMap<>();
    if (numbers.isEmpty()) {
      return values;
    }
    // Instants are written in UTC.
    session.execute("SET time_zone = '+00:00'");
    try (Statement statement = session.createStatement()) {
      statement.execute(
          "SELECT %s FROM %s WHERE %s IN (%s)"
              .formatted(
                  expressions,
                  Selection.table(runId).quoted(),
                  Selection.ROW,
                  numbers.stream().map(String::valueOf).collect(Collectors.joining(", "))));
      try (QueryRows rows = new QueryRows(connector, statement)) {
        while (rows.hasNext()) {
          List<Object> row = rows.next();
          values.put(((Number) row.get(0)).longValue(), row.subList(1, row.size()));
        }
      }
    }
    return values;
  }

  /** A row of the result, from its selected and its computed values. */
  List<Object> merge(List<Object> selected, List<Object> computed) {
    List<Object> row = new ArrayList<>(columns.size());
    int nextSelected = 0;
    int nextComputed = 0;
    for (ResultColumn column : layout.columns()) {
      boolean isSelected = column.map(s -> true, c -> false);
      row.add(isSelected ? selected.get(nextSelected++) : computed.get(nextComputed++));
    }
    return row;
  }
}
