package org.seeql.planner.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.optimizer.BruteForce.Option;

class ModelChooserTest {
  private static final double EQUAL = 1e-9;

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"BASIC", "ORDER", "OPTIMAL"})
  void findsWhatTryingEverythingFinds(Strategy strategy) {
    for (int seed = 0; seed < 150; seed++) {
      ChoiceProblem problem = Problems.small(seed).with(strategy);
      BruteForce definitions = new BruteForce(problem);
      List<Option> options = definitions.options();
      List<Option> within = options.stream().filter(o -> definitions.keepsCost(o.cost())).toList();

      Choice choice = ModelChooser.chooseOneModelEach(problem);

      if (within.isEmpty()) {
        assertRefused((Refusal) choice, problem, definitions, options);
      } else {
        assertChosen((DecisionPlan) choice, definitions, definitions.best(within));
      }
    }
  }

  private static void assertChosen(DecisionPlan plan, BruteForce definitions, Option best) {
    PlanRules.check(definitions, plan);
    TreeMap<String, List<String>> expected = new TreeMap<>();
    best.assignment().forEach((name, model) -> expected.put(name, List.of(model)));
    assertThat(plan.assignment()).isEqualTo(expected);
    assertThat(plan.expectedCostMillis())
        .isCloseTo(best.cost(), within(EQUAL * Math.max(1, best.cost())));
    PlanRules.assertSame(plan.quality(), best.quality());
    assertThat(plan.optimality()).isEqualTo(new Optimality.Exact());
  }

  private static void assertRefused(
      Refusal refusal, ChoiceProblem problem, BruteForce definitions, List<Option> options) {
    if (!options.isEmpty()) {
      double least = options.stream().mapToDouble(Option::cost).min().orElseThrow();
      assertThat(refusal.kind()).isEqualTo(Refusal.Kind.MAX_COST_MS);
      assertThat(refusal.best().get("expected_cost_ms").getAsDouble())
          .isCloseTo(least, within(EQUAL * Math.max(1, least)));
      return;
    }
    for (Bound bound : problem.bounds().values().keySet()) {
      if (bound.isOfQuality()) {
        double most =
            definitions.assignments().stream()
                .mapToDouble(a -> definitions.quality(a).of(bound))
                .max()
                .orElseThrow();
        OptionalDouble reported = refusal.best().get(bound.measureWord());
        assertThat(reported.orElse(1)).isCloseTo(most, within(EQUAL));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void neverFindsLessThanASimplerStrategy(int part) {
    for (int seed = 1000 * part; seed < 1000 * part + 750; seed++) {
      assertNeverWorse(Problems.small(seed));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void neverFindsLessThanASimplerStrategyWhereItSearches(int seed) {
    Bounds[] bounds = {
      Bounds.NONE,
      Bounds.NONE.with(Bound.MIN_ACCURACY, 0.9),
      Bounds.NONE.with(Bound.MAX_COST_MS, 10)
    };

    assertNeverWorse(Problems.large(seed, 6, 24).with(bounds[seed % bounds.length]));
  }

  private static void assertNeverWorse(ChoiceProblem problem) {
    double bestSoFar = Double.POSITIVE_INFINITY;
    for (Choice choice : ModelChooser.chooseByEach(problem)) {
      if (choice instanceof DecisionPlan plan) {
        double value =
            problem.bounds().haveQuality()
                ? plan.expectedCostMillis()
                : -plan.quality().of(problem.maximize());
        assertThat(value)
            .as("%s of %s", plan.strategy(), problem)
            .isLessThanOrEqualTo(bestSoFar + EQUAL * Math.max(1, Math.abs(bestSoFar)));
        bestSoFar = Math.min(bestSoFar, value);
      } else {
        assertThat(bestSoFar).as("%s", choice).isInfinite();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 8})
  void choosesTheSameInWhateverOrderTheModelsCome(int classes) {
    ChoiceProblem problem =
        Problems.large(1, classes, 30).with(Bounds.NONE.with(Bound.MIN_F1, 0.5));
    List<ModelProfile> shuffled = new ArrayList<>(problem.models());
    Collections.shuffle(shuffled, new Random(1));
    ChoiceProblem other =
        ChoiceProblem.of(problem.predicate(), problem.world(), shuffled).with(problem.bounds());

    assertThat(ModelChooser.choose(other)).isEqualTo(ModelChooser.choose(problem));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void keepsTheRulesOfPlansWhereItSearches(int seed) {
    ChoiceProblem problem = Problems.large(seed, 6, 24).with(Bounds.NONE.with(Bound.MIN_F1, 0.6));

    DecisionPlan plan = (DecisionPlan) ModelChooser.choose(problem);

    PlanRules.check(new BruteForce(problem), plan);
    assertThat(plan.quality().f1().orElseThrow()).isGreaterThanOrEqualTo(0.6 - EQUAL);
    assertThat(plan.gap()).isBetween(0.0, 1.0);
  }
}
