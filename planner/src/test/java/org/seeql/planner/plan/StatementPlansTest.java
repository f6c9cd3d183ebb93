package org.seeql.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.statement.SelectingStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;

class StatementPlansTest {
  private static final String SELECT = "SELECT * FROM images ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TO RUN a/b CMD 'detect', '--model=m' INTO t | InferencePlan",
        "TO PREDICT t USING m | InferencePlan",
        "TO PREDICT t USING `AUTO` | InferencePlan",
        "TO PREDICT t WITH classes = 'dog' USING AUTO | AutoPlan",
        "TO PREDICT t WITH classes = 'dog' USING auto | AutoPlan",
        "TO FIND dog AND cat INTO t | FindPlan",
        "TO EVALUATE m INTO t | EvaluationPlan",
        "TO EXPLAIN m INTO t | ExplanationPlan",
      })
  void plansEachClauseThatProcessesImages(String clause, String kind) {
    Optional<StatementPlan> plan = plan(SELECT + clause);

    assertThat(plan).isPresent();
    assertThat(plan.get().getClass().getSimpleName()).isEqualTo(kind);
    assertThat(plan.get().run().target()).contains(TableName.of("t"));
    assertThat(plan.get().withoutTarget().getClass()).isEqualTo(plan.get().getClass());
    assertThat(plan.get().withoutTarget().run().target()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SHOW MODELS",
        "EXPLAIN CREATE MODEL m OPTIONS (uri = 'x')",
      })
  void plansNothingElse(String statement) {
    assertThat(plan(statement)).isEmpty();
  }

  @Test
  void plansTheSubjectOfAnExplain() {
    String statement = SELECT + "TO FIND dog INTO t";

    assertThat(plan("EXPLAIN EXPLAIN " + statement).map(plan -> plan.run().select()))
        .isEqualTo(plan(statement).map(plan -> plan.run().select()))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TO RUN a/b | true | ",
        "TO RUN a/b INTO t, u | false | t",
        "TO FIND dog | true | ",
        "TO FIND dog INTO t | false | t",
        "TO PREDICT d.t.c USING m | false | d.t",
        "TO EVALUATE m INTO t | false | t",
        "TO EXPLAIN m | true | ",
        "TO EXPLAIN m INTO t | false | t",
        "TO TRAIN e LABEL c INTO m | false | ",
      })
  void knowsTargetsAndStatementsThatOnlyShowRows(String clause, boolean isShown, String target) {
    SelectingStatement statement = parse(SELECT + clause).findSelecting().orElseThrow();

    assertThat(statement.select()).isEqualTo(SELECT.strip());
    assertThat(statement.isShown()).isEqualTo(isShown);
    assertThat(statement.target().map(TableName::toString)).isEqualTo(Optional.ofNullable(target));
  }

  private static Optional<StatementPlan> plan(String statement) {
    return StatementPlans.of(parse(statement), ProgramCatalog.standard(), OptionSet.NONE);
  }

  private static Statement parse(String statement) {
    return ProgramParser.parse(statement).statements().get(0);
  }
}
