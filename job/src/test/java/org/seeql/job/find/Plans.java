package org.seeql.job.find;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Branch;
import org.seeql.planner.optimizer.DecisionNode;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.Optimality;
import org.seeql.planner.optimizer.Quality;
import org.seeql.planner.optimizer.Step;
import org.seeql.planner.optimizer.Strategy;

/** Plans of tests. */
final class Plans {
  private Plans() {}

  /** Runs {@code scout} for person, and {@code ranger} for cat and dog if there is a person. */
  static DecisionPlan twoModels(Optimality optimality) {
    return new DecisionPlan(
        Strategy.ORDER,
        Bounds.NONE.with(Bound.MIN_F1, 0.5).with(Bound.MAX_COST_MS, 140.25),
        Measure.F1,
        sorted(Map.of("person", List.of("scout"), "cat", List.of("ranger", "scout"))),
        103.2,
        new Quality(0.1, 0.2, 0.3, 0.4),
        optimality,
        new Step.Then(0),
        List.of(
            new DecisionNode(
                0,
                List.of("scout"),
                sorted(Map.of("person", "scout")),
                50,
                1,
                List.of(
                    new Branch(sorted(Map.of("person", false)), new Step.Decide(false)),
                    new Branch(sorted(Map.of("person", true)), new Step.Then(1)))),
            new DecisionNode(
                1,
                List.of("ranger"),
                sorted(Map.of("cat", "ranger", "dog", "ranger")),
                100,
                0.532,
                List.of(
                    new Branch(sorted(Map.of("cat", false, "dog", false)), new Step.Decide(false)),
                    new Branch(sorted(Map.of("cat", false, "dog", true)), new Step.Decide(true)),
                    new Branch(sorted(Map.of("cat", true)), new Step.Decide(true))))),
        List.of("a warning"));
  }

  /** Decides without a model. */
  static DecisionPlan constant(boolean answer) {
    return new DecisionPlan(
        Strategy.OPTIMAL,
        Bounds.NONE,
        Measure.ACCURACY,
        new TreeMap<>(),
        0,
        answer ? new Quality(1, 0, 0, 0) : new Quality(0, 0, 0, 1),
        new Optimality.Exact(),
        new Step.Decide(answer),
        List.of(),
        List.of());
  }

  static <V> SortedMap<String, V> sorted(Map<String, V> map) {
    return new TreeMap<>(map);
  }
}
