package org.seeql.planner.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.seeql.planner.optimizer.Problems.model;
import static org.seeql.planner.optimizer.Problems.predicate;
import static org.seeql.planner.optimizer.Problems.right;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.Priors;

/** The numbers in the documentation of plans, which were computed by hand. */
class ReferenceExamplesTest {
  private static final Offset<Double> EXACTLY = within(1e-9);

  @Test
  void asksForPetsOnlyWhereThereIsAPerson() {
    DecisionPlan plan = (DecisionPlan) ModelChooser.choose(Problems.pets());

    assertThat(plan.expectedCostMillis()).isCloseTo(103.2, EXACTLY);
    assertThat(plan.quality().accuracy()).isCloseTo(0.942749728, EXACTLY);
    assertThat(plan.quality().precision().getAsDouble()).isCloseTo(0.4148430601180357, EXACTLY);
    assertThat(plan.quality().recall().getAsDouble()).isCloseTo(0.8580765306122449, EXACTLY);
    assertThat(plan.quality().f1().getAsDouble()).isCloseTo(0.55929234865563, EXACTLY);
    assertThat(plan.quality().prevalence()).isCloseTo(0.042336, EXACTLY);
    assertThat(plan.nodes().get(1).reach()).isCloseTo(0.532, EXACTLY);
    assertThat(plan.assignment())
        .isEqualTo(Map.of("cat", List.of("M2"), "dog", List.of("M2"), "person", List.of("M3")));
  }

  @ParameterizedTest
  @CsvSource({"0.80, 0.93612", "0.99, 0.930306"})
  void isLessOftenRightWithABetterModelOfPersons(double person, double accuracy) {
    ChoiceProblem problem =
        ChoiceProblem.of(
            predicate("person AND toothbrush"),
            Priors.of(Map.of("person", 0.7, "toothbrush", 0.01)),
            List.of(
                model("p", 1, Map.of("person", right(person))),
                model("t", 1, Map.of("toothbrush", right(0.9)))));

    DecisionPlan plan = (DecisionPlan) ModelChooser.choose(problem);

    assertThat(plan.quality().accuracy()).isCloseTo(accuracy, EXACTLY);
  }

  @Test
  void takesAModelThatIsMoreExpensiveAndWorse() {
    ModelProfile b = model("b", 50, Map.of("b", right(0.8)));
    ModelProfile worse = model("worse", 3, Map.of("a", right(0.8)));
    ModelProfile better = model("better", 2, Map.of("a", right(0.99)));

    DecisionPlan alone = plan("a AND b", Map.of("a", 0.7, "b", 0.02), List.of(b, better));
    DecisionPlan both = plan("a AND b", Map.of("a", 0.7, "b", 0.02), List.of(b, better, worse));

    assertThat(alone.expectedCostMillis()).isCloseTo(36.8, within(1e-6));
    assertThat(alone.quality().accuracy()).isCloseTo(0.860624, EXACTLY);
    assertThat(both.assignment()).containsEntry("a", List.of("worse"));
    assertThat(both.expectedCostMillis()).isCloseTo(34.0, EXACTLY);
    assertThat(both.quality().accuracy()).isCloseTo(0.87248, EXACTLY);
  }

  private static DecisionPlan plan(
      String text, Map<String, Double> priors, List<ModelProfile> models) {
    return (DecisionPlan)
        ModelChooser.choose(ChoiceProblem.of(predicate(text), Priors.of(priors), models));
  }

  @ParameterizedTest
  @CsvSource({"4, 8", "8, 16"})
  void sharesWhatFollowsAlikeAnswers(int pairs, int nodes) {
    StringBuilder text = new StringBuilder();
    Map<String, Double> priors = new java.util.TreeMap<>();
    List<ModelProfile> models = new java.util.ArrayList<>();
    for (int i = 0; i < 2 * pairs; i++) {
      String name = "" + (char) ('a' + i);
      text.append(i == 0 ? "(" : i % 2 == 0 ? ") OR (" : " AND ").append(name);
      priors.put(name, 0.1);
      models.add(model("m" + name, 10, Map.of(name, right(0.9))));
    }

    DecisionPlan plan = plan(text.append(")").toString(), priors, models);

    assertThat(plan.nodes()).hasSize(nodes);
  }

  @ParameterizedTest
  @CsvSource({"dog OR NOT dog, true", "dog AND NOT dog, false"})
  void runsNothingWhereThePredicateSaysNothing(String text, boolean answer) {
    DecisionPlan plan = plan(text, Map.of(), List.of());

    assertThat(plan.root()).isEqualTo(new Step.Decide(answer));
    assertThat(plan.nodes()).isEmpty();
    assertThat(plan.expectedCostMillis()).isZero();
    assertThat(plan.quality().accuracy()).isEqualTo(1);
  }

  @Test
  void needsNobodyToAnswerWhatDoesNotMatter() {
    DecisionPlan plan =
        plan(
            "person OR (person AND unicorn)",
            Map.of("person", 0.5),
            List.of(model("m", 1, Map.of("person", right(0.9)))));

    assertThat(plan.assignment()).containsOnlyKeys("person");
  }

  @Test
  void asksForAClassThatIsNeverThere() {
    DecisionPlan plan =
        plan("ghost", Map.of("ghost", 0.0), List.of(model("m", 7, Map.of("ghost", right(1)))));

    assertThat(plan.expectedCostMillis()).isEqualTo(7);
    assertThat(plan.quality().precision()).isEmpty();
    assertThat(plan.nodes().get(0).next()).hasSize(2);
  }

  @Test
  void assumesNothingIndependentWhereAnswersAreThoseOfASample() {
    PresenceSample sample =
        new PresenceSample(
            List.of("dog", "person"), List.of("11", "01", "00"), List.of(30.0, 5.0, 60.0));
    List<ModelProfile> models =
        List.of(
            model("d", 10, Map.of("dog", new ClassSkill.Answers("110"))),
            model("p", 5, Map.of("person", new ClassSkill.Answers("110"))));

    DecisionPlan plan =
        (DecisionPlan)
            ModelChooser.choose(ChoiceProblem.of(predicate("person AND dog"), sample, models));

    assertThat(plan.quality().accuracy()).isCloseTo(90 / 95.0, EXACTLY);
    assertThat(plan.quality().recall().getAsDouble()).isEqualTo(1);
    assertThat(plan.expectedCostMillis()).isCloseTo(5 + 10 * 35 / 95.0, EXACTLY);
  }
}
