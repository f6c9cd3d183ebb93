package org.seeql.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;

class TrainPlannerTest {
  private static final String SELECT = "SELECT * FROM t ";

  private static TrainPlan plan(String clause, OptionSet commandLine) {
    return (TrainPlan)
        StatementPlans.of(
                ProgramParser.parse(SELECT + clause).statements().get(0),
                ProgramCatalog.standard(),
                commandLine)
            .orElseThrow();
  }

  @Test
  void readsOptionsAndDefaults() {
    TrainPlan plan =
        plan(
            "TO TRAIN Tagger WITH backbone = b, classes = 'x, y', holdout = 0.3, batch_size = 4"
                + " LABEL l INTO m",
            OptionSet.of(Map.of("partitions", "3", "confidence", "0.5"), "the command line"));

    assertThat(plan.options())
        .isEqualTo(
            new TrainOptions(
                Estimator.TAGGER,
                "m",
                "l",
                Optional.empty(),
                0.3,
                1,
                List.of("x", "y"),
                Optional.empty(),
                0.5));
    assertThat(plan.run().model()).isEqualTo("b");
    assertThat(plan.run().kind()).isEqualTo(InferencePlan.Kind.TRAIN);
    assertThat(plan.run().options().partitions()).hasValue(3);
    assertThat(plan.run().options().batchSize()).hasValue(4);
    assertThat(plan.run().options().confidence()).isEqualTo(0.25);
    assertThat(plan.withoutTarget()).isEqualTo(plan);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          classifer WITH backbone = b LABEL l INTO m | Unknown estimator 'classifer'; known: classifier, tagger
          detector WITH backbone = b LABEL l INTO m | Cannot train a detector: TO TRAIN can train a classifier or a tagger
          a.b/c:v1 WITH backbone = b LABEL l INTO m | Cannot train with the container image 'a.b/c:v1': this version does not run containers for TO TRAIN; use TO TRAIN classifier or tagger
          tagger LABEL l INTO m | TO TRAIN needs a backbone: add WITH backbone = 'NAME'; SHOW MODELS lists the names
          tagger WITH backbone = b INTO m | TO TRAIN needs labels: add LABEL with the column that contains them
          tagger WITH backbone = b COLUMN c LABEL l INTO m | TO TRAIN cannot use COLUMN: the features are computed from the images; remove COLUMN
          tagger WITH backbone = b LABEL l USING o INTO m | TO TRAIN cannot use USING: to reuse the features of a model, name it in backbone; remove USING
          tagger WITH backbone = b, classes = 'x, x' LABEL l INTO m | The option classes has 'x' twice; remove one of them
          classifier WITH backbone = b, classes = 'x' LABEL l INTO m | A classifier needs at least two classes, and the option classes has only 'x'; add a class, or use TO TRAIN tagger
          tagger WITH backbone = b, holdout = 1 LABEL l INTO m | Invalid value for holdout: '1' (a number between 0 and 1, both exclusive); it comes from WITH
          tagger WITH backbone = b, seed = 0 LABEL l INTO m | Invalid value for seed: '0' (a whole number from 1); it comes from WITH
          """)
  void refuses(String clause, String problem) {
    assertThatThrownBy(() -> plan("TO TRAIN " + clause, OptionSet.NONE))
        .isInstanceOf(PlanningException.class)
        .hasMessage("Cannot run the statement at line 1, column 1: " + problem);
  }
}
