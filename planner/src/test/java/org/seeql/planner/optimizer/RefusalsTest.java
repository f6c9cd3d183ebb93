package org.seeql.planner.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seeql.planner.optimizer.Problems.model;
import static org.seeql.planner.optimizer.Problems.predicate;
import static org.seeql.planner.optimizer.Problems.right;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.Priors;
import org.seeql.planner.optimizer.Refusal.Kind;

class RefusalsTest {

  @Test
  void namesTheBestThatIsInReachAndWhatLimitsIt() {
    assertRefused(
        Problems.pets().with(Bounds.NONE.with(Bound.MIN_ACCURACY, 0.99)),
        Kind.MIN_ACCURACY,
        "Cannot satisfy min_accuracy = 0.99 (at best 0.94275); the limiting class is 'cat'");
  }

  @Test
  void namesAllBoundsThatAreOutOfReach() {
    assertRefused(
        Problems.pets()
            .with(Bounds.NONE.with(Bound.MIN_PRECISION, 0.5).with(Bound.MIN_RECALL, 0.9)),
        Kind.MIN_PRECISION,
        "Cannot satisfy min_precision = 0.5 (at best 0.414843), min_recall = 0.9 (at best 0.858077);"
            + " the limiting class is 'cat'");
  }

  @Test
  void namesTheCheapestPlan() {
    assertRefused(
        Problems.pets().with(Bounds.NONE.with(Bound.MAX_COST_MS, 100)),
        Kind.MAX_COST_MS,
        "Cannot satisfy max_cost_ms = 100: the cheapest plan costs 103.2 ms per image");
  }

  @Test
  void namesWhatTheBaselineWouldTake() {
    assertRefused(
        Problems.pets().with(Strategy.BASELINE).with(Bounds.NONE.with(Bound.MAX_COST_MS, 149)),
        Kind.MAX_COST_MS,
        "Cannot satisfy max_cost_ms = 149: the baseline plan costs 150 ms per image");
  }

  @Test
  void namesTheQualityThatTheBaselineMissesBeforeItsCost() {
    assertRefused(
        Problems.pets()
            .with(Strategy.BASELINE)
            .with(Bounds.NONE.with(Bound.MIN_ACCURACY, 0.99).with(Bound.MAX_COST_MS, 149)),
        Kind.MIN_ACCURACY,
        "Cannot satisfy min_accuracy = 0.99 (at best 0.94275); the limiting class is 'cat';"
            + " Cannot satisfy max_cost_ms = 149: the baseline plan costs 150 ms per image");
  }

  @Test
  void namesClassesOfWhichNothingIsKnownAndThatNobodyAnswers() {
    ChoiceProblem problem =
        ChoiceProblem.of(
            predicate("persn AND dog AND cat"),
            Priors.of(Map.of("cat", 0.1, "persn", 0.5)),
            List.of(model("m", 1, Map.of("person", right(1), "dog", right(1), "cat", right(1)))));

    Refusal refusal =
        assertRefused(
            problem,
            Kind.MISSING_PRIOR,
            "There is no prior for 'dog'; specify how often images show it; No model answers the class:"
                + " Unknown class 'persn'; known: person, cat, dog");
    assertThat(refusal.classes()).containsExactly("dog");
  }

  @Test
  void namesTooManyClasses() {
    List<String> names = IntStream.range(0, 21).mapToObj(i -> "c" + i).toList();
    String text = String.join(" OR ", names);
    Map<String, Double> priors =
        names.stream().collect(Collectors.toMap(name -> name, name -> 0.1));
    Map<String, ClassSkill> skills =
        names.stream().collect(Collectors.toMap(name -> name, name -> right(0.9)));
    String tooMany =
        "The predicate names 21 classes (at most 20); use fewer classes, or search in two steps";

    assertRefused(
        ChoiceProblem.of(predicate(text), Priors.of(priors), List.of(model("all", 1, skills))),
        Kind.TOO_MANY_CLASSES,
        tooMany);
    priors.remove("c7");
    assertRefused(
        ChoiceProblem.of(predicate(text), Priors.of(priors), List.of(model("all", 1, skills))),
        Kind.TOO_MANY_CLASSES,
        tooMany + "; There is no prior for 'c7'; specify how often images show it");
  }

  private static Refusal assertRefused(ChoiceProblem problem, Kind kind, String message) {
    Refusal refusal = (Refusal) ModelChooser.choose(problem);
    assertThat(refusal.kind()).isEqualTo(kind);
    assertThat(refusal.message()).isEqualTo(message);
    return refusal;
  }
}
