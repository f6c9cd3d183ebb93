package org.seeql.datasets.export;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.seeql.database.embedded.TestServer;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.ResultLayout.Shape;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.statement.TableName;

/** The record of a run that never took place. */
final class RecordedRun {
  private RecordedRun() {}

  static void insert(
      TestServer database, String runId, Shape shape, Optional<TableName> target, String state)
      throws SQLException {
    insert(
        database,
        runId,
        shape,
        target,
        state,
        List.of(ResultColumn.computed("run_id", ColumnType.text(32))));
  }

  static void insert(
      TestServer database,
      String runId,
      Shape shape,
      Optional<TableName> target,
      String state,
      List<ResultColumn> columns)
      throws SQLException {
    ResultLayout layout = new ResultLayout(shape, columns, "image_id", "path");
    RunRecord run =
        new RunRecord(
            runId,
            new RunRecord.Request(
                "SELECT", InferencePlan.Kind.RUN, "detect", RunOptions.parse(OptionSet.NONE)),
            new RunRecord.Models("detect", "m", 1),
            new RunRecord.Destination(target, WriteMode.OVERWRITE),
            layout,
            "/images");
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      RunRecords.create(session, run, "here");
      session.update("UPDATE seeql.runs SET state = ?, rows_written = 1", state);
    }
  }
}
