package org.seeql.planner.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.Priors;
import org.seeql.planner.model.World;
import org.seeql.planner.predicate.PredicateFunction;

class ExactnessTest {
  private static final int MANY = 11;
  private static final double EQUAL = 1e-9;

  @Test
  void claimsNothingForAnOrderThatStandsInForTheBestNextModel() {
    DecisionPlan plan = choose(Strategy.OPTIMAL, allVectors());

    assertBounded(plan);
  }

  @Test
  void claimsNothingForTheBestOfTheOrdersThatWereKept() {
    DecisionPlan plan = choose(Strategy.ORDER, evenPriors());

    assertBounded(plan);
    assertThat(((Optimality.LowerBound) plan.optimality()).costMillis())
        .isLessThanOrEqualTo(choose(Strategy.OPTIMAL, evenPriors()).expectedCostMillis() + EQUAL);
  }

  @Test
  void boundsTheQualityWhereAnExpensivePlanMayBeCheaperThanItWasFound() {
    ChoiceProblem problem = oneModelEach(allVectors());
    DecisionPlan open = choose(Strategy.OPTIMAL, allVectors());
    List<ModelProfile> models = new ArrayList<>(problem.models());
    for (ModelProfile model : problem.models()) {
      String name = model.classes().firstKey();
      if (name.equals("c0")) {
        models.add(Problems.model("poor", 0, Map.of(name, Problems.right(0.5))));
      }
    }

    DecisionPlan plan =
        (DecisionPlan)
            ModelChooser.choose(
                ChoiceProblem.of(problem.predicate(), problem.world(), models)
                    .with(Bounds.NONE.with(Bound.MAX_COST_MS, open.expectedCostMillis() - 1e-3)));

    assertThat(plan.optimality()).isInstanceOf(Optimality.UpperBound.class);
    assertThat(((Optimality.UpperBound) plan.optimality()).value())
        .isGreaterThan(plan.quality().accuracy());
  }

  @Test
  void usesTheBestPlanSoFarWhenTheTimeoutIsOver() {
    ChoiceProblem problem = Problems.large(1, 3, 30).with(Bounds.NONE.with(Bound.MIN_F1, 0.1));
    DecisionPlan best = (DecisionPlan) ModelChooser.chooseOneModelEach(problem);

    DecisionPlan plan = (DecisionPlan) ModelChooser.chooseOneModelEach(late(problem));

    assertThat(best.optimality()).isEqualTo(new Optimality.Exact());
    assertThat(plan.optimality()).isInstanceOf(Optimality.LowerBound.class);
    assertThat(plan.quality().f1().orElseThrow()).isGreaterThanOrEqualTo(0.1);
    assertThat(((Optimality.LowerBound) plan.optimality()).costMillis())
        .isLessThanOrEqualTo(best.expectedCostMillis() + EQUAL);
  }

  @Test
  void saysThatNotAllWereSeenWhenTheTimeoutIsOver() {
    ChoiceProblem problem = Problems.large(1, 3, 30).with(Bounds.NONE.with(Bound.MAX_COST_MS, 1));

    Refusal refusal = (Refusal) ModelChooser.choose(late(problem));

    assertThat(refusal.message()).contains("no plan was found, but not all plans were examined");
  }

  @Test
  void hasAFloorBelowTheCostOfEveryPlan() {
    int seen = 0;
    for (int seed = 0; seed < 150; seed++) {
      ChoiceProblem problem = Problems.small(seed);
      PredicateFunction function = PredicateFunction.of(problem.predicate());
      Instance instance = new Instance(function, problem.models());
      if (problem.world() instanceof PresenceSample && instance.variables() > 0) {
        assertFloors(problem, instance);
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(20);
  }

  private static void assertFloors(ChoiceProblem problem, Instance instance) {
    Estimates estimates =
        Estimates.of(instance, problem.world(), new SearchBudget(Optional.empty()));
    int[] assignment = new int[instance.variables()];
    for (int variable = 0; variable < assignment.length; variable++) {
      for (int model : instance.candidates(variable)) {
        assignment[variable] = model;
        for (int other = 0; other < assignment.length; other++) {
          assignment[other] = other <= variable ? assignment[other] : instance.candidates(other)[0];
        }
        for (Strategy strategy : Strategy.values()) {
          assertThat(estimates.floor(strategy, assignment))
              .isLessThanOrEqualTo(estimates.cost(strategy, assignment) + EQUAL);
        }
      }
    }
  }

  @Test
  void takesOnePassOverTheRowsForAnotherModelOfTheLastClass() {
    ChoiceProblem problem = oneModelEach(allVectors());
    Instance instance = new Instance(PredicateFunction.of(problem.predicate()), problem.models());
    SearchBudget work = new SearchBudget(Optional.empty());
    SampleRows rows =
        new SampleRows(instance, (PresenceSample) problem.world(), new boolean[1 << MANY], work);
    int[] assignment = new int[MANY];
    for (int variable = 0; variable < MANY; variable++) {
      assignment[variable] = instance.candidates(variable)[0];
    }
    rows.shares(assignment);
    long before = work.steps();

    assignment[instance.sorted()[MANY - 1]] = rows.truthful();
    rows.shares(assignment);

    assertThat(work.steps() - before).isEqualTo(1 << MANY);
  }

  private static void assertBounded(DecisionPlan plan) {
    assertThat(plan.optimality()).isInstanceOf(Optimality.LowerBound.class);
    assertThat(((Optimality.LowerBound) plan.optimality()).costMillis())
        .isPositive()
        .isLessThan(plan.expectedCostMillis());
  }

  private static DecisionPlan choose(Strategy strategy, World world) {
    return (DecisionPlan)
        ModelChooser.chooseOneModelEach(
            oneModelEach(world).with(strategy).with(Bounds.NONE.with(Bound.MIN_ACCURACY, 0.01)));
  }

  /** A separate model for every class. */
  private static ChoiceProblem oneModelEach(World world) {
    List<ModelProfile> models = new ArrayList<>();
    String text = "c0";
    for (int i = 0; i < MANY; i++) {
      models.add(Problems.model("m" + i, 1 + i, Map.of("c" + i, Problems.right(0.9))));
      text = i == 0 ? text : "(" + text + (i % 3 == 0 ? " AND c" : " OR c") + i + ")";
    }
    return ChoiceProblem.of(Problems.predicate(text), world, models);
  }

  private static World evenPriors() {
    Map<String, Double> priors = new TreeMap<>();
    for (int i = 0; i < MANY; i++) {
      priors.put("c" + i, 0.1 + 0.05 * i);
    }
    return Priors.of(priors);
  }

  private static World allVectors() {
    List<String> classes = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      classes.add("c" + i);
    }
    for (int vector = 1 << MANY; vector < 2 << MANY; vector++) {
      rows.add(Integer.toBinaryString(vector).substring(1));
    }
    return PresenceSample.of(classes, rows);
  }

  private static ChoiceProblem late(ChoiceProblem problem) {
    return new ChoiceProblem(
        problem.predicate(),
        problem.strategy(),
        problem.bounds(),
        problem.maximize(),
        problem.world(),
        problem.models(),
        OptionalDouble.empty(),
        Optional.of(Duration.ofNanos(1)));
  }
}
