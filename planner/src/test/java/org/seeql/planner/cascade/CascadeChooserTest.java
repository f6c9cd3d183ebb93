package org.seeql.planner.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.planner.model.ScoreSample;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.Refusal;
import org.seeql.planner.optimizer.Step;
import org.seeql.planner.parser.StandalonePredicate;

class CascadeChooserTest {
  private static final Bounds F1 = Bounds.NONE.with(Bound.MIN_F1, 0.9);

  private static CascadePlan plan(CascadeProblem problem) {
    return (CascadePlan) CascadeChooser.choose(problem);
  }

  private static Refusal refusal(CascadeProblem problem) {
    return ((CascadeChoice.Refused) CascadeChooser.choose(problem)).refusal();
  }

  private static CascadeProblem pair(Bounds bounds) {
    return ScoredWorlds.problem(7, "a AND b", List.of("a", "b"), 3, 1200, bounds);
  }

  @Test
  void isCheaperThanTheModelThatAnswersAlone() {
    CascadePlan plan = plan(pair(F1));

    // m2 costs 32 ms; m0 and m1 do not reach the bound alone
    assertThat(plan.certification().expectedCostMillis()).isLessThan(16);
    assertThat(plan.models()).contains("m0");
    assertThat(plan.certified().get(Bound.MIN_F1).lower()).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void theSameProblemGivesTheSamePlan() {
    assertThat(CascadeDocument.toTree(plan(pair(F1)), 0))
        .isEqualTo(CascadeDocument.toTree(plan(pair(F1)), 0));
  }

  @Test
  void withoutQualityBoundsAllMeasuresAreCertified() {
    CascadePlan plan = plan(pair(Bounds.NONE.with(Bound.MAX_COST_MS, 4)));

    assertThat(plan.certified())
        .containsOnlyKeys(Bound.MIN_ACCURACY, Bound.MIN_PRECISION, Bound.MIN_RECALL, Bound.MIN_F1);
    assertThat(plan.selection().expectedCostMillis()).isLessThanOrEqualTo(4);
    assertThat(plan.tests()).isEqualTo(1);
  }

  /** The safest plans cost more than the bound, and the certified plan does not. */
  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void aCostBoundAboveTheCostOfThePlanIsSatisfied(long seed) {
    CascadeProblem free = ScoredWorlds.problem(seed, "a AND b", List.of("a", "b"), 3, 1200, F1);
    double cost = plan(free).selection().expectedCostMillis();
    CascadeProblem bounded =
        ScoredWorlds.problem(
            seed, "a AND b", List.of("a", "b"), 3, 1200, F1.with(Bound.MAX_COST_MS, 1.2 * cost));

    assertThat(plan(bounded).selection().expectedCostMillis()).isLessThanOrEqualTo(1.2 * cost);
  }

  @Test
  void costsWhoseSumIsInfiniteArePlanned() {
    CascadeProblem problem = ScoredWorlds.problem(3, "a", List.of("a"), 1, 60, Bounds.NONE);

    CascadePlan plan =
        plan(
            new CascadeProblem(
                problem.predicate(),
                Bounds.NONE,
                Measure.ACCURACY,
                0.95,
                problem.sample(),
                Map.of("m0", Double.MAX_VALUE),
                Optional.empty()));

    assertThat(plan.models()).containsExactly("m0");
  }

  @Test
  void equalScoresAreAnswered() {
    double[] scores = new double[80];
    Arrays.fill(scores, 1);
    CascadePlan plan =
        plan(
            new CascadeProblem(
                StandalonePredicate.parse("a"),
                Bounds.NONE.with(Bound.MIN_RECALL, 0.9),
                Measure.ACCURACY,
                0.95,
                new ScoreSample(
                    List.of("a"),
                    Collections.nCopies(80, "1"),
                    new TreeMap<>(Map.of("m", new TreeMap<>(Map.of("a", scores))))),
                Map.of("m", 1.0),
                Optional.empty()));

    assertThat(plan.certification().quality().recall()).hasValue(1);
  }

  /** Twelve classes in pairs have a graph that cannot be followed if all are unsure. */
  @Test
  void aPredicateOfManyClassesHasABoundedGraph() {
    List<String> classes = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");
    CascadeChoice choice =
        CascadeChooser.choose(
            ScoredWorlds.problem(
                1,
                "(a AND b) OR (c AND d) OR (e AND f) OR (g AND h) OR (i AND j) OR (k AND l)",
                classes,
                2,
                200,
                Bounds.NONE));

    if (choice instanceof CascadePlan plan) {
      assertThat(plan.nodes().stream().mapToInt(node -> node.next().size()).sum())
          .isLessThanOrEqualTo(50_000);
    } else {
      assertThat(((CascadeChoice.Refused) choice).refusal().message())
          .startsWith("The cascades for this predicate have too many branches");
    }
  }

  /** With ladders of several rungs, the graphs of ten pairs are too large. */
  @Test
  void tenPairsOfClassesHaveAPlanWithOneModelPerClass() {
    List<String> classes = IntStream.range(0, 20).mapToObj(i -> "c" + (char) ('a' + i)).toList();
    String predicate =
        IntStream.range(0, 10)
            .mapToObj(i -> "(" + classes.get(2 * i) + " AND " + classes.get(2 * i + 1) + ")")
            .collect(Collectors.joining(" OR "));

    CascadePlan plan =
        plan(
            ScoredWorlds.problem(
                1, predicate, classes, 2, 200, Bounds.NONE.with(Bound.MIN_RECALL, 0.5)));

    assertThat(plan.ladders().values()).hasSize(20).allSatisfy(l -> assertThat(l).hasSize(1));
    assertThat(plan.certified().get(Bound.MIN_RECALL).lower()).isGreaterThanOrEqualTo(0.5);
    assertThat(plan.nodes().stream().mapToInt(node -> node.next().size()).sum())
        .isLessThanOrEqualTo(50_000);
  }

  @Test
  void aHigherCostBoundGivesAtLeastTheSameQuality() {
    double cheap = accuracy(pair(Bounds.NONE.with(Bound.MAX_COST_MS, 3)));
    double any = accuracy(pair(Bounds.NONE));

    assertThat(any).isGreaterThanOrEqualTo(cheap);
  }

  private static double accuracy(CascadeProblem problem) {
    return plan(problem).selection().quality().accuracy();
  }

  @Test
  void refusesWhatNoPlanSatisfiesAndNamesTheNeed() {
    Refusal refusal =
        refusal(
            ScoredWorlds.problem(
                3, "a", List.of("a"), 3, 60, Bounds.NONE.with(Bound.MIN_RECALL, 0.95)));

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.MIN_RECALL);
    assertThat(refusal.message())
        .startsWith("Cannot certify min_recall = 0.95 (certified 0.")
        .contains("labelled images")
        .contains("of them satisfying the predicate");
    assertThat(refusal.best().get("recall").getAsDouble()).isLessThan(0.95);
  }

  /** Seven positives that are all found do not show that every positive is found. */
  @Test
  void aHandfulOfPositivesDoesNotCertifyPerfection() {
    double[] scores = new double[400];
    List<String> rows = IntStream.range(0, 400).mapToObj(i -> i < 14 ? "1" : "0").toList();
    for (int i = 0; i < 14; i++) {
      scores[i] = 0.9;
    }
    ScoreSample sample =
        new ScoreSample(
            List.of("a"), rows, new TreeMap<>(Map.of("m", new TreeMap<>(Map.of("a", scores)))));

    Refusal refusal =
        refusal(
            new CascadeProblem(
                StandalonePredicate.parse("a"),
                Bounds.NONE.with(Bound.MIN_PRECISION, 1),
                Measure.ACCURACY,
                0.95,
                sample,
                Map.of("m", 1.0),
                Optional.empty()));

    // 0.05 ^ (1 / 7)
    assertThat(refusal.best().get("precision").getAsDouble()).isBetween(0.651, 0.652);
  }

  @Test
  void refusesACostThatNoPlanHas() {
    Refusal refusal = refusal(pair(F1.with(Bound.MAX_COST_MS, 1)));

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.MAX_COST_MS);
    assertThat(refusal.best().get("expected_cost_ms").getAsDouble()).isGreaterThan(1);
  }

  @Test
  void refusesClassesWithoutScores() {
    CascadeProblem problem =
        ScoredWorlds.problem(3, "a AND dog", List.of("a", "dog"), 1, 60, Bounds.NONE);
    ScoreSample sample =
        new ScoreSample(
            problem.sample().classes(),
            problem.sample().rows(),
            new TreeMap<>(
                Map.of(
                    "m0",
                    new TreeMap<>(Map.of("a", problem.sample().find("m0", "a").orElseThrow())))));

    Refusal refusal =
        refusal(
            new CascadeProblem(
                problem.predicate(),
                Bounds.NONE,
                Measure.ACCURACY,
                0.95,
                sample,
                problem.costs(),
                Optional.empty()));

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNCOVERED_CLASS);
    assertThat(refusal.classes()).containsExactly("dog");
  }

  @Test
  void aConstantPredicateNeedsNoModel() {
    CascadePlan plan =
        plan(ScoredWorlds.problem(3, "a OR NOT a", List.of("a"), 1, 60, Bounds.NONE));

    assertThat(plan.root()).isEqualTo(new Step.Decide(true));
    assertThat(plan.certification().expectedCostMillis()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "NOT a", "a AND b", "a OR NOT b", "(a AND b) OR (NOT a AND c)"})
  void theFiguresAreThoseOfTheGraph(String predicate) {
    CascadePlan plan =
        plan(ScoredWorlds.problem(11, predicate, List.of("a", "b", "c"), 3, 800, Bounds.NONE));

    double cost = plan.nodes().stream().mapToDouble(node -> node.reach() * node.costMillis()).sum();
    assertThat(plan.certification().expectedCostMillis()).isCloseTo(cost, within(1e-9));
  }
}
