package org.seeql.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.statement.ExplainStatement;
import org.seeql.planner.statement.TableName;

class ExplanationPlannerTest {
  @Test
  void leavesTheExplainerToTheTask() {
    ExplanationPlan plan = plan("INTO why");

    assertThat(plan.run().kind()).isEqualTo(InferencePlan.Kind.EXPLAIN);
    assertThat(plan.run().program()).isEqualTo("explain");
    assertThat(plan.run().model()).isEqualTo("m");
    assertThat(plan.run().target()).contains(TableName.of("why"));
    assertThat(plan.run().task()).isEmpty();
    assertThat(plan.options().method()).isEmpty();
    assertThat(plan.options().label()).isEmpty();
    assertThat(plan.options().grid()).isEmpty();
    assertThat(plan.options().masks()).isEqualTo(1000);
    assertThat(plan.options().probability()).isEqualTo(0.5);
    assertThat(plan.options().seed()).isEqualTo(1);
    assertThat(plan.options().window()).isEqualTo(0.2);
    assertThat(plan.options().stride()).isEqualTo(0.1);
    assertThat(plan.options().faithfulness()).isFalse();
    assertThat(plan.options().maxImages()).isEqualTo(100);
  }

  @Test
  void takesOptionsOfRunsAndItsOwn() {
    ExplanationPlan plan =
        plan(
            "WITH label = 'dog', masks = 50, grid = 8, probability = 0.25, seed = 7,"
                + " faithfulness = true, max_images = 3, confidence = 0.4, device = cpu"
                + " USING RISE INTO why");

    assertThat(plan.options().method()).contains(ExplanationMethod.RISE);
    assertThat(plan.options().label()).contains("dog");
    assertThat(plan.options().masks()).isEqualTo(50);
    assertThat(plan.options().grid()).hasValue(8);
    assertThat(plan.options().maxImages()).isEqualTo(3);
    assertThat(plan.options().changingRows())
        .isEqualTo(
            Map.of(
                "label", "dog",
                "masks", "50",
                "grid", "8",
                "probability", "0.25",
                "seed", "7",
                "window", "0.2",
                "stride", "0.1",
                "faithfulness", "true"));
    assertThat(plan.run().options().confidence()).isEqualTo(0.4);
  }

  @Test
  void takesOnlyItsOptionsFromTheCommandLine() {
    ExplanationPlan plan =
        ExplanationPlanner.plan(
            parse("WITH confidence = 0.4"),
            OptionSet.of(
                Map.of("top_k", "3", "confidence", "0.9", "max_pixels", "5"), "the command line"));

    assertThat(plan.run().options().confidence()).isEqualTo(0.4);
    assertThat(plan.run().options().maxPixels()).isEqualTo(5);
    assertThat(plan.run().options().topK()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "USING dris | Unknown explainer 'dris'; known: drise, rise, occlusion",
        "WITH masks = 0 | Invalid value for masks: '0' (a whole number from 1 to 100000); it comes from WITH",
        "WITH probability = 1 | Invalid value for probability: '1' (a number between 0 and 1, both"
            + " exclusive); it comes from WITH",
        "WITH window = 0.1 USING drise"
            + " | window is an option of occlusion; remove it, or add USING occlusion",
        "WITH stride = 0.1"
            + " | stride is an option of occlusion; remove it, or add USING occlusion",
        "WITH masks = 5 USING occlusion | masks is an option of random masks, and occlusion has"
            + " none; remove it, or use window and stride",
        "WITH only_new = true | only_new needs mode=append: it adds to what the target has",
      })
  void refuses(String clause, String problem) {
    assertThatThrownBy(() -> plan(clause))
        .isInstanceOfSatisfying(
            PlanningException.class, e -> assertThat(e.problems()).isEqualTo(List.of(problem)));
  }

  private static ExplanationPlan plan(String clause) {
    return ExplanationPlanner.plan(parse(clause), OptionSet.NONE);
  }

  private static ExplainStatement parse(String clause) {
    return (ExplainStatement)
        ProgramParser.parse("SELECT * FROM t TO EXPLAIN m " + clause).statements().get(0);
  }
}
