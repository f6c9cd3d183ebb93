package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import org.seeql.database.ledger.RunRecord;
import org.seeql.job.inference.ResultLayouts;
import org.seeql.planner.statement.TableName;

/**
 * The answers of an evaluation's run: one row per image. If matches are kept, the rows also have
 * the paths of the images.
 */
record AnswerTable(TableName name) {
  AnswerTable {
    requireNonNull(name, "name is null");
  }

  static AnswerTable of(RunRecord run) {
    return new AnswerTable(run.result().written());
  }

  /** A query of the ids and other columns, in the order of the ids. */
  String query(String columns) {
    return "SELECT %s, %s FROM %s ORDER BY 1"
        .formatted(ResultLayouts.PACKED_ID, columns, name.quoted());
  }

  /** The same, followed by the column {@link ResultLayouts#PACKED_PATH}. */
  String queryWithPaths(String columns) {
    return query(columns + ", " + ResultLayouts.PACKED_PATH);
  }
}
