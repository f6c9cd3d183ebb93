package org.seeql.planner.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTextTest {
  private final DecisionPlan plan = (DecisionPlan) ModelChooser.choose(Problems.pets());

  @Test
  void printsAPlanAsATree() {
    assertThat(PlanText.tree(plan))
        .isEqualTo(
            """
            [0] M3 for person                 100.00 % of images      50.00 ms
            ├─ no person → not found
            └─ person → [1] M2 for cat, dog    53.20 % of images      53.20 ms
               ├─ no cat, no dog → not found
               ├─ no cat, dog → found
               └─ cat → found
            """);
  }

  @Test
  void printsANoteNextToEachNode() {
    assertThat(PlanText.tree(plan, node -> "node " + node).lines())
        .element(0)
        .isEqualTo("[0] M3 for person                 100.00 % of images      50.00 ms  node 0");
  }

  @Test
  void printsTotalsAndWarns() {
    assertThat(PlanText.totals(plan, Problems.pets().world()))
        .isEqualTo(
            """
            expected cost  103.20 ms per image
            quality        accuracy 0.9427, precision 0.4148, recall 0.8581, F1 0.5593
            prevalence     0.0423
            optimality     proved for strategy optimal
            estimated      with classes assumed to be independent
            warning        The plan's accuracy 0.9427 is not higher than that of the constant \
            answer 'no' (0.9577); use min_f1, or min_precision with min_recall
            """);
  }

  @Test
  void printsStrategiesSideBySide() {
    ChoiceProblem problem = Problems.pets().with(Bounds.NONE.with(Bound.MAX_COST_MS, 140));

    assertThat(PlanText.alternatives(ModelChooser.chooseByEach(problem)))
        .isEqualTo(
            """
            strategy  ms per image  accuracy  precision  recall      F1  models
            baseline  Cannot satisfy max_cost_ms = 140: the baseline plan costs 150 ms per image
            basic     Cannot satisfy max_cost_ms = 140: the cheapest plan costs 150 ms per image
            order           103.20    0.9427     0.4148  0.8581  0.5593  M2, M3
            optimal         103.20    0.9427     0.4148  0.8581  0.5593  M2, M3
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "MIN_F1, MIN_F1, false",
    "MIN_PRECISION, MIN_RECALL, false",
    "MIN_PRECISION, MIN_PRECISION, true",
    "MIN_RECALL, MIN_ACCURACY, true",
  })
  void advisesNoBoundsThatAreAlreadyRequested(Bound one, Bound other, boolean isAdvised) {
    Bounds bounds = Bounds.NONE.with(one, 0.01).with(other, 0.01).with(Bound.MAX_COST_MS, 200);

    DecisionPlan plan = (DecisionPlan) ModelChooser.choose(Problems.pets().with(bounds));

    assertThat(plan.warnings()).hasSize(1);
    assertThat(plan.warnings().get(0).contains("use min_f1")).isEqualTo(isAdvised);
  }
}
