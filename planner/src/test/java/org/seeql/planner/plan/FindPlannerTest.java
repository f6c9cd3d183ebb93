package org.seeql.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.option.ResultShape;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.predicate.Predicate;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;

class FindPlannerTest {
  @Test
  void leavesTheChoiceToTheProfilesIfTheStatementHasNoOptions() {
    FindPlan plan = plan("");

    assertThat(plan.predicate()).isInstanceOf(Predicate.And.class);
    assertThat(plan.run().kind()).isEqualTo(InferencePlan.Kind.FIND);
    assertThat(plan.run().target()).contains(TableName.of("found"));
    assertThat(plan.options().strategy()).isEmpty();
    assertThat(plan.options().maximize()).isEqualTo(Measure.ACCURACY);
    assertThat(plan.options().bounds()).isEqualTo(Bounds.NONE);
    assertThat(plan.options().confidence()).isEmpty();
    assertThat(plan.options().keepAll()).isFalse();
  }

  @Test
  void takesOptionsOfRunsAndItsOwn() {
    FindPlan plan =
        plan(
            "WITH strategy = 'order', maximize = f1, min_f1 = 0.8, max_cost_ms = 12.5,"
                + " confidence_level = 0.95, only_models = ['scout', 'team/zoo:v2'],"
                + " exclude_models = 'people', planning_timeout = '2s', keep_all = true,"
                + " confidence = 0.4, dataset = 'demo.profile', batch_size = 4, device = cpu");

    assertThat(plan.options().strategy()).contains(Strategy.ORDER);
    assertThat(plan.options().maximize()).isEqualTo(Measure.F1);
    assertThat(plan.options().bounds())
        .isEqualTo(Bounds.NONE.with(Bound.MIN_F1, 0.8).with(Bound.MAX_COST_MS, 12.5));
    assertThat(plan.options().confidenceLevel()).hasValue(0.95);
    assertThat(plan.options().onlyModels()).containsExactly("scout", "team/zoo:v2");
    assertThat(plan.options().excludeModels()).containsExactly("people");
    assertThat(plan.options().planningTimeout()).hasValue(Duration.ofSeconds(2));
    assertThat(plan.options().keepAll()).isTrue();
    assertThat(plan.options().confidence()).isEqualTo(OptionalDouble.of(0.4));
    assertThat(plan.options().dataset()).hasValue("demo.profile");
    assertThat(plan.run().options().batchSize()).isEqualTo(OptionalInt.of(4));
    assertThat(plan.run().options().device()).isEqualTo(DeviceChoice.CPU);
    assertThat(plan.run().options().dataset()).isEmpty();
  }

  @Test
  void leavesOutWhatTheCommandLineSaysForOtherStatements() {
    OptionSet commandLine =
        OptionSet.of(
            Map.of("result", "wide", "confidence", "0.5", "partitions", "3"), "the command line");

    FindPlan plan = FindPlanner.plan(statement(""), commandLine);

    assertThat(plan.options().confidence()).isEmpty();
    assertThat(plan.run().options().result()).isEqualTo(ResultShape.LONG);
    assertThat(plan.run().options().partitions()).isEqualTo(OptionalInt.of(3));
  }

  @Test
  void refusesEverythingThatIsWrong() {
    assertThatThrownBy(
            () ->
                plan(
                    "WITH min_acuracy = 0.9, strategy = 'best', min_f1 = 90,"
                        + " confidence_level = 1, max_cost_ms = -1, only_models = 'a,,b'"))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            """
            Cannot run the statement at line 1, column 1: 6 problems
              - %s; it comes from WITH
              - Invalid value for min_f1: '90' (a number from 0 to 1); it comes from WITH
              - Invalid value for max_cost_ms: '-1' (milliseconds per image, from 0); it comes from WITH
              - Invalid value for strategy: 'best' (baseline, basic, order, optimal or cascade); it comes from WITH
              - Invalid value for confidence_level: '1' (a number between 0 and 1, both exclusive); it comes from WITH
              - Invalid value for only_models: 'a,,b' (names separated by commas, in double quotes if they contain commas); it comes from WITH"""
                .formatted(
                    NearestNames.unknown(
                        "option", "min_acuracy", OptionTable.of(OptionScope.FIND).names()))
                .stripTrailing());
  }

  @Test
  void aReferenceNeedsNothingButABound() {
    FindOptions options =
        plan("WITH reference = 'large', min_recall = 0.95, strategy = cascade, audit = 200")
            .options();

    assertThat(options.reference()).contains("large");
    assertThat(options.sampleSize()).isEqualTo(400);
    assertThat(options.audit()).hasValue(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sample_size = 100 | sample_size needs reference, the model that answers the sample",
        "reference = 'm', min_f1 = 0.9, strategy = order | reference chooses a cascade and conflicts with strategy=order; remove one of them",
        "reference = 'm', min_f1 = 0.9, dataset = 'd' | reference uses no profiles and conflicts with dataset; remove one of them",
        "reference = 'm', min_f1 = 0.9, max_cost_ms = 9 | reference chooses the cheapest plan and conflicts with max_cost_ms; remove one of them",
        "reference = 'm' | reference needs a quality bound, which applies compared with the reference, such as min_recall=0.95",
        "reference = 'm', min_f1 = 0.9, exclude_models = 'm' | reference=m is also in exclude_models; remove it there",
        "reference = 'm', min_f1 = 0.9, sample_size = 10001 | Invalid value for sample_size: '10001' (a whole number from 1 to 10000); it comes from WITH",
      })
  void refusesOptionsThatConflictWithAReference(String options, String problem) {
    assertThatThrownBy(() -> plan("WITH " + options))
        .isInstanceOf(PlanningException.class)
        .hasMessage("Cannot run the statement at line 1, column 1: " + problem);
  }

  @Test
  void anExplanationMayAskForTheRun() {
    List<Statement> statements =
        ProgramParser.parse(
                "EXPLAIN SELECT 1 TO FIND a; EXPLAIN ANALYZE SELECT 1 TO FIND a;"
                    + " EXPLAIN ANALYZE SELECT 1")
            .statements();

    assertThat(((ExplainPlanStatement) statements.get(0)).extent())
        .isEqualTo(ExplainPlanStatement.Extent.PLAN);
    assertThat(((ExplainPlanStatement) statements.get(1)).extent())
        .isEqualTo(ExplainPlanStatement.Extent.ANALYZE);
    assertThat(statements.get(2)).isNotInstanceOf(ExplainPlanStatement.class);
  }

  private static FindPlan plan(String with) {
    return FindPlanner.plan(statement(with), OptionSet.NONE);
  }

  private static FindStatement statement(String with) {
    return (FindStatement)
        ProgramParser.parse("SELECT * FROM images TO FIND person AND dog " + with + " INTO found")
            .statements()
            .get(0);
  }
}
