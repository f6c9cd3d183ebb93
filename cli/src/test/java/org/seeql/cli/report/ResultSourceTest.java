package org.seeql.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.planner.plan.VisionTask;
import org.seeql.planner.statement.TableName;

class ResultSourceTest {
  private static final ResultSource SOURCE =
      new ResultSource(
          TableName.of("main", "found"),
          new ResultLayout(
              ResultLayout.Shape.IMAGE,
              List.of(
                  ResultColumn.selected("image_id", "id"),
                  ResultColumn.selected("file_name", "path"),
                  ResultColumn.computed("evidence", ColumnType.JSON)),
              "id",
              "path"),
          "r1");

  /** MySQL before 8.0.17 refuses such a cast as a syntax error. */
  @Test
  void castsNothingToDouble() {
    assertThat(
            List.of(
                SOURCE.found("evidence").sql(),
                SOURCE.classes(VisionTask.TAG).sql(),
                SOURCE.wide(List.of("dog")).sql()))
        .noneMatch(sql -> sql.contains("AS DOUBLE"))
        .allMatch(sql -> sql.contains("NULL + 0e0 AS x_min"));
  }
}
