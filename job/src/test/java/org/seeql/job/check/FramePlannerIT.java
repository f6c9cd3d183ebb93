package org.seeql.job.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.job.SessionOptions;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.statement.Statement;

class FramePlannerIT {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t TO EVALUATE m WITH confidence = 7, nonsense = 1 INTO e",
        "SELECT * FROM t TO TRAIN a LABEL b INTO c",
        "SHOW MODELS"
      })
  void refusesClausesWithoutRowsBeforeTheirOptions(String sql) throws Exception {
    FramePlanner planner =
        new FramePlanner(
            RunFixture.shared().database().connector(), SessionOptions.standard(), () -> true);
    Statement statement = ProgramParser.parse(sql).statements().get(0);

    assertThatThrownBy(() -> planner.overFrame(statement, List.of("path")))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            "Cannot run the statement at line 1, column 1: only TO RUN, TO PREDICT, TO FIND and TO EXPLAIN can return their rows to Spark");
  }
}
