package org.seeql.job.evaluate;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.planner.statement.TableName;

/**
 * The table of an evaluation's matches: one row for each detection and for each labelled object
 * that no detection found.
 */
public final class MatchTable {
  private static final ColumnType NAME = ColumnType.exactText(255).orNull();
  private static final ColumnType WORD = ColumnType.text(16);
  private static final ColumnType NUMBER = ColumnType.DOUBLE.orNull();

  private MatchTable() {}

  /**
   * The columns of the table.
   *
   * @param run the columns of the evaluation's run, which has the ids and paths of images
   */
  public static ResultLayout layout(ResultLayout run) {
    List<ResultColumn> columns = new ArrayList<>();
    columns.add(ResultColumn.computed("run_id", ColumnType.text(32)));
    columns.add(ResultColumn.selected("image_id", run.idColumn()));
    columns.add(ResultColumn.selected("file_name", run.pathColumn()));
    columns.add(ResultColumn.computed("outcome", WORD));
    columns.add(ResultColumn.computed("cause", WORD.orNull()));
    columns.add(ResultColumn.computed("counted", ColumnType.BOOLEAN));
    columns.add(ResultColumn.computed("predicted_class", NAME));
    columns.add(ResultColumn.computed("actual_class", NAME));
    columns.add(ResultColumn.computed("score", NUMBER));
    columns.add(ResultColumn.computed("iou", NUMBER));
    columns.add(ResultColumn.computed("detection", ColumnType.INT.orNull()));
    columns.add(ResultColumn.computed("annotation_id", ColumnType.BIGINT.orNull()));
    for (String edge : List.of("x_min", "y_min", "x_max", "y_max")) {
      columns.add(ResultColumn.computed(edge, NUMBER));
    }
    for (String edge : List.of("x_min", "y_min", "x_max", "y_max")) {
      columns.add(ResultColumn.computed("actual_" + edge, NUMBER));
    }
    columns.add(ResultColumn.computed("model", ColumnType.text(255)));
    return new ResultLayout(ResultLayout.Shape.MATCHES, columns, run.idColumn(), run.pathColumn());
  }

  private static String columns(ResultLayout layout) {
    return layout.columns().stream()
        .map(column -> TableName.quote(column.name()))
        .collect(Collectors.joining(", "));
  }

  /**
   * Inserts rows.
   *
   * @param rows values in the order of the columns, which may be null
   */
  static void insert(
      DatabaseSession session, TableName table, ResultLayout layout, List<List<Object>> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    String row = "(" + String.join(", ", Collections.nCopies(layout.columns().size(), "?")) + ")";
    try (PreparedStatement insert =
        session.prepare(
            "INSERT INTO %s (%s) VALUES %s"
                .formatted(
                    table.quoted(),
                    columns(layout),
                    String.join(", ", Collections.nCopies(rows.size(), row))))) {
      int place = 1;
      for (List<Object> values : rows) {
        for (Object value : values) {
          insert.setObject(place++, value);
        }
      }
      insert.executeUpdate();
    }
  }

  /** Copies the rows of a run, and replaces those that it copied before. */
  static void copy(
      DatabaseSession session, TableName from, TableName to, ResultLayout layout, String runId)
      throws SQLException {
    session.update("DELETE FROM " + to.quoted() + " WHERE run_id = ?", runId);
    session.update(
        "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %3$s"
            .formatted(to.quoted(), columns(layout), from.quoted()));
  }
}
