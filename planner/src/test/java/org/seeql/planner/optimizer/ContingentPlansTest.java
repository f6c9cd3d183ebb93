package org.seeql.planner.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.seeql.planner.optimizer.Problems.model;
import static org.seeql.planner.optimizer.Problems.predicate;
import static org.seeql.planner.optimizer.Problems.right;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seeql.planner.model.Priors;

class ContingentPlansTest {
  private static final ChoiceProblem SAME =
      ChoiceProblem.of(
              predicate("(a AND b) OR (NOT a AND NOT b)"),
              Priors.of(Map.of("a", 0.1, "b", 0.3)),
              List.of(
                  model("a", 1, Map.of("a", right(1))),
                  model("cheap", 1, Map.of("b", right(0.7))),
                  model("expensive", 20, Map.of("b", right(0.95)))))
          .with(Bounds.NONE.with(Bound.MIN_ACCURACY, 0.72));

  @Test
  void asksTheExpensiveModelInTheRareBranchOnly() {
    DecisionPlan plan = (DecisionPlan) ModelChooser.choose(SAME);
    DecisionPlan fixed = (DecisionPlan) ModelChooser.chooseOneModelEach(SAME);

    assertThat(fixed.expectedCostMillis()).isCloseTo(21, within(1e-9));
    assertThat(plan.expectedCostMillis()).isCloseTo(3.9, within(1e-9));
    assertThat(plan.quality().accuracy()).isCloseTo(0.725, within(1e-9));
    assertThat(plan.assignment())
        .isEqualTo(Map.of("a", List.of("a"), "b", List.of("cheap", "expensive")));
    PlanRules.check(new BruteForce(SAME), plan);
  }

  @Test
  void isRightMoreOftenWithinACost() {
    ChoiceProblem problem = SAME.with(Bounds.NONE.with(Bound.MAX_COST_MS, 5));

    DecisionPlan plan = (DecisionPlan) ModelChooser.choose(problem);

    assertThat(plan.quality().accuracy()).isCloseTo(0.725, within(1e-9));
    assertThat(plan.optimality()).isEqualTo(new Optimality.UpperBound(1));
  }

  @Test
  void keepsTheRulesAndTheBoundsAndIsStrictlyBetter() {
    int contingent = 0;
    for (int seed = 0; seed < 600; seed++) {
      ChoiceProblem problem = Problems.small(seed);
      if (ModelChooser.choose(problem) instanceof DecisionPlan plan
          && plan.assignment().values().stream().anyMatch(models -> models.size() > 1)) {
        DecisionPlan fixed = (DecisionPlan) ModelChooser.chooseOneModelEach(problem);
        BruteForce definitions = new BruteForce(problem);
        PlanRules.check(definitions, plan);
        assertThat(definitions.keepsQuality(plan.quality())).isTrue();
        assertThat(definitions.keepsCost(plan.expectedCostMillis())).isTrue();
        if (problem.bounds().haveQuality()) {
          assertThat(plan.expectedCostMillis()).isLessThan(fixed.expectedCostMillis());
        } else {
          assertThat(definitions.measure(plan.quality()))
              .isGreaterThan(definitions.measure(fixed.quality()));
        }
        contingent++;
      }
    }
    assertThat(contingent).isPositive();
  }
}
