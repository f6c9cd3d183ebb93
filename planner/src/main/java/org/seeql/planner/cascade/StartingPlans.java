package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The plans from which the search starts. */
final class StartingPlans {
  private final CandidateEvaluator evaluator;
  private final CascadeInstance instance;
  private final Half half;

  StartingPlans(CandidateEvaluator evaluator) {
    this.evaluator = evaluator;
    this.instance = evaluator.instance();
    this.half = instance.selection();
  }

  /** One model per class: the most accurate one, the cheapest one, and the widest one. */
  List<Candidate> all() {
    List<Comparator<Integer>> preferences =
        List.of(
            Comparator.comparingDouble(instance::cost),
            Comparator.comparingInt(
                m ->
                    -(int)
                        IntStream.range(0, instance.variables())
                            .filter(v -> half.knows(v, m))
                            .count()));
    List<Ladder[]> starts = new ArrayList<>();
    starts.add(
        IntStream.range(0, instance.variables())
            .mapToObj(v -> mostAccurate(v, instance.candidates(v)))
            .toArray(Ladder[]::new));
    for (Comparator<Integer> preference : preferences) {
      starts.add(
          IntStream.range(0, instance.variables())
              .mapToObj(
                  v ->
                      mostAccurate(
                          v,
                          List.of(instance.candidates(v).stream().min(preference).orElseThrow())))
              .toArray(Ladder[]::new));
    }
    return starts.stream().map(evaluator::evaluated).toList();
  }

  /** The threshold of one of some models that is right for the most rows. */
  Ladder mostAccurate(int variable, List<Integer> models) {
    Ladder best = null;
    int most = -1;
    for (int model : models) {
      Thresholds of = evaluator.thresholds()[variable][model];
      for (int index = 1; index < Math.max(2, of.never()); index++) {
        Counts counts = Counts.of(half.shown()[variable], of.atLeast()[index], half.rows());
        int right = counts.truePositive() + counts.trueNegative();
        if (right > most) {
          most = right;
          best = Ladder.of(model, index);
        }
      }
    }
    return best;
  }
}
