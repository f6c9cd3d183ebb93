package org.seeql.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.option.ResultShape;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.TableName;

class EvaluationPlannerTest {
  @Test
  void keepsWeakDetectionsAndRemembersTheThreshold() {
    EvaluationPlan plan = plan("");

    assertThat(plan.run().options().confidence()).isEqualTo(0.001);
    assertThat(plan.options())
        .isEqualTo(new EvaluationOptions(0.25, 0.5, Optional.empty(), Optional.empty(), false));
    assertThat(plan.run().kind()).isEqualTo(InferencePlan.Kind.EVALUATE);
    assertThat(plan.run().model()).isEqualTo("sentinel");
    assertThat(plan.run().target()).contains(TableName.of("scores"));
  }

  @Test
  void takesOptionsOfRunsAndItsOwn() {
    EvaluationPlan plan =
        plan(
            "WITH iou = 0.5, device = 'cpu', batch_size = 4, confidence = 0.4, match_iou = 0.75,"
                + " dataset = 'show', keep_matches = true LABEL place");

    assertThat(plan.options())
        .isEqualTo(
            new EvaluationOptions(0.4, 0.75, Optional.of("show"), Optional.of("place"), true));
    assertThat(plan.run().options().iou()).isEqualTo(0.5);
    assertThat(plan.run().options().device()).isEqualTo(DeviceChoice.CPU);
    assertThat(plan.run().options().batchSize()).isEqualTo(OptionalInt.of(4));
    assertThat(plan.run().options().dataset()).isEmpty();
  }

  @Test
  void aThresholdBelowWhatIsKeptIsKept() {
    assertThat(plan("WITH confidence = 0").run().options().confidence()).isZero();
  }

  @Test
  void leavesOutWhatTheCommandLineSaysForOtherStatements() {
    OptionSet commandLine =
        OptionSet.of(Map.of("result", "wide", "confidence", "0.5"), "the command line");

    EvaluationPlan plan = EvaluationPlanner.plan(statement(""), commandLine);

    assertThat(plan.run().options().result()).isEqualTo(ResultShape.LONG);
    assertThat(plan.options().confidence()).isEqualTo(0.5);
  }

  @Test
  void refusesEverythingThatIsWrong() {
    assertThatThrownBy(() -> plan("WITH match_iuo = 0.5, confidence = 2, latency = 50"))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            """
            Cannot run the statement at line 1, column 1: 3 problems
              - %s; it comes from WITH
              - %s; it comes from WITH
              - Invalid value for confidence: '2' (a number from 0 to 1); it comes from WITH"""
                .formatted(unknown("match_iuo"), unknown("latency")));
  }

  private static String unknown(String option) {
    return NearestNames.unknown("option", option, OptionTable.of(OptionScope.EVALUATE).names());
  }

  private static EvaluationPlan plan(String options) {
    return EvaluationPlanner.plan(statement(options), OptionSet.NONE);
  }

  private static EvaluateStatement statement(String options) {
    return (EvaluateStatement)
        ProgramParser.parse("SELECT * FROM images TO EVALUATE sentinel " + options + " INTO scores")
            .statements()
            .get(0);
  }
}
