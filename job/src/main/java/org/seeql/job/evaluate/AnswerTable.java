package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.Selection;
import org.seeql.job.inference.ResultLayouts;
import org.seeql.planner.statement.TableName;

/**
 * The answers of an evaluation's run: one row per image. The selection next to it has the paths of
 * the images.
 */
record AnswerTable(TableName name, RunRecord run) {
  /** The path of an image, as the selection has it. */
  static final String PATH = "seeql_path";

  AnswerTable {
    requireNonNull(name, "name is null");
    requireNonNull(run, "run is null");
  }

  static AnswerTable of(RunRecord run) {
    return new AnswerTable(run.result().written(), run);
  }

  /** A query of the ids and other columns, in the order of the ids. */
  String query(String columns) {
    return "SELECT %s, %s FROM %s ORDER BY 1"
        .formatted(ResultLayouts.PACKED_ID, columns, name.quoted());
  }

  /** The same, with the column {@link #PATH}. */
  String queryWithPaths(String columns) {
    return "SELECT a.*, s.%s AS %s FROM (%s) AS a JOIN %s AS s ON s.%s = a.%s ORDER BY 1"
        .formatted(
            TableName.quote(Selection.column(run.layout().pathColumn())),
            PATH,
            "SELECT %s, %s FROM %s".formatted(ResultLayouts.PACKED_ID, columns, name.quoted()),
            Selection.table(run.runId()).quoted(),
            TableName.quote(Selection.column(run.layout().idColumn())),
            ResultLayouts.PACKED_ID);
  }
}
