package org.seeql.planner.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.PresenceSample;

class ConfidenceIntervalTest {
  private static final PresenceSample HUNDRED =
      PresenceSample.of(List.of("dog"), Collections.nCopies(100, "1"));

  @ParameterizedTest
  @CsvSource({"0.975, 1.959963984540054", "0.995, 2.575829303548901", "0.5, 0"})
  void knowsTheQuantilesOfTheNormalDistribution(double share, double quantile) {
    assertThat(ConfidenceInterval.quantile(share)).isCloseTo(quantile, within(1e-9));
  }

  // computed from the formula in Python
  @ParameterizedTest
  @CsvSource({"90, 0.8256343384950865", "100, 0.9630065017930143", "0, 0"})
  void endsBelowTheShareThatWasCounted(int right, double lowerEnd) {
    Quality quality = new Quality(right / 100.0, 0, 0, 0);

    assertThat(ConfidenceInterval.of(0.95, HUNDRED).lowerEnd(Bound.MIN_ACCURACY, quality))
        .isCloseTo(lowerEnd, within(1e-9));
  }

  @Test
  void refusesWhatOnlyTheSampleItselfKeeps() {
    ChoiceProblem problem =
        ChoiceProblem.of(
                Problems.predicate("dog"),
                HUNDRED,
                List.of(
                    Problems.model(
                        "m",
                        1,
                        Map.of("dog", new ClassSkill.Answers("1".repeat(90) + "0".repeat(10))))))
            .with(Bounds.NONE.with(Bound.MIN_ACCURACY, 0.85));

    assertThat(ModelChooser.choose(problem)).isInstanceOf(DecisionPlan.class);
    assertThat(((Refusal) ModelChooser.choose(problem.withConfidenceLevel(0.95))).message())
        .isEqualTo(
            "Cannot satisfy min_accuracy = 0.85 (at best 0.9, lower end 0.825634); the limiting class is 'dog'");
  }
}
