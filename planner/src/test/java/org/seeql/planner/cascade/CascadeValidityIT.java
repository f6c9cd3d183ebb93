package org.seeql.planner.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seeql.planner.model.ScoreSample;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.predicate.PredicateFunction;

/**
 * Draws samples from a population in which the quality of every plan is known. Set {@code
 * -Dseeql.cascade.draws=1000} for more draws.
 */
class CascadeValidityIT {
  private static final int DRAWS = Integer.getInteger("seeql.cascade.draws", 12);
  private static final int CONTROL_DRAWS = 6;
  private static final int ROWS = 500;
  private static final int POPULATION = 40_000;
  private static final double PRECISION = 0.8;
  private static final double RECALL = 0.75;

  private static final CascadeProblem ALL =
      ScoredWorlds.problem(
          19,
          "a AND b",
          List.of("a", "b"),
          3,
          POPULATION,
          Bounds.NONE.with(Bound.MIN_PRECISION, PRECISION).with(Bound.MIN_RECALL, RECALL));

  /** Independent draws, with replacement. */
  private static CascadeProblem sample(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] places = random.ints(ROWS, 0, POPULATION).toArray();
    List<String> rows = new ArrayList<>();
    SortedMap<String, SortedMap<String, double[]>> scores = new TreeMap<>();
    for (int place : places) {
      rows.add(ALL.sample().rows().get(place));
    }
    for (String model : ALL.sample().scores().keySet()) {
      scores.put(model, new TreeMap<>());
      for (String name : ALL.sample().classes()) {
        double[] of = ALL.sample().find(model, name).orElseThrow();
        scores.get(model).put(name, some(of, places));
      }
    }
    return new CascadeProblem(
        ALL.predicate(),
        ALL.bounds(),
        ALL.maximize(),
        ALL.confidenceLevel(),
        new ScoreSample(ALL.sample().classes(), rows, scores),
        ALL.costs(),
        Optional.empty());
  }

  private static double[] some(double[] all, int[] places) {
    double[] some = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      some[i] = all[places[i]];
    }
    return some;
  }

  /** Whether a plan violates a bound on the population. */
  private static boolean isViolated(Map<String, List<Rung>> ladders) {
    int found = 0;
    int shown = 0;
    int both = 0;
    for (int row = 0; row < POPULATION; row++) {
      boolean isFound = isYes(ladders, "a", row) && isYes(ladders, "b", row);
      boolean isShown = ALL.sample().rows().get(row).equals("11");
      found += isFound ? 1 : 0;
      shown += isShown ? 1 : 0;
      both += isFound && isShown ? 1 : 0;
    }
    return both < PRECISION * found || both < RECALL * shown;
  }

  private static boolean isYes(Map<String, List<Rung>> ladders, String name, int row) {
    for (Rung rung : ladders.get(name)) {
      double score = ALL.sample().find(rung.model(), name).orElseThrow()[row];
      if (score >= rung.yesFrom()) {
        return true;
      }
      if (score < rung.noBelow()) {
        return false;
      }
    }
    throw new IllegalStateException("the last rung is unsure");
  }

  @Test
  void anAcceptedPlanViolatesABoundAtMostAtTheLevel() {
    int accepted = 0;
    int violated = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      if (CascadeChooser.choose(sample(draw)) instanceof CascadePlan plan) {
        accepted++;
        violated += isViolated(plan.ladders()) ? 1 : 0;
      }
    }

    double level = 1 - CascadeProblem.DEFAULT_CONFIDENCE_LEVEL;
    double standardError = Math.sqrt(level * (1 - level) / DRAWS);
    assertThat(violated / (double) DRAWS)
        .as("%d violated, %d accepted", violated, accepted)
        .isLessThanOrEqualTo(level + 3 * standardError);
    // refusals do not violate a bound, and prove nothing
    assertThat(accepted).isGreaterThan(DRAWS / 2);
  }

  /** Otherwise the certification would not be tested. */
  @Test
  void theCheapestPlanOfTheSelectionHalfOftenViolatesABound() {
    int violated = 0;
    for (int draw = 0; draw < CONTROL_DRAWS; draw++) {
      CascadeProblem problem = sample(draw);
      CascadeSearch search =
          new CascadeSearch(
              new CascadeInstance(PredicateFunction.of(problem.predicate()), problem),
              problem.bounds(),
              problem.maximize(),
              () -> false);
      List<Candidate> sequence = search.sequence();
      TestedPlan cheapest =
          TestedPlan.find(search, sequence.get(sequence.size() - 1)).orElseThrow();
      violated += isViolated(cheapest.ladders()) ? 1 : 0;
    }

    assertThat(violated).isGreaterThan(CONTROL_DRAWS / 4);
  }
}
