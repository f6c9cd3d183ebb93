package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Changes of a plan that do not improve it by themselves. The search improves other ladders after
 * them, and finds plans that changes of one ladder at a time do not find.
 */
final class WideMoves {
  /** The bounds, relative to the requested ones, that the first step of a detour satisfies. */
  private static final double[] DETOUR_BOUNDS = {0.9, 0.7, 0.4};

  private final CandidateEvaluator evaluator;
  private final StartingPlans starts;
  private final LadderStep ladders;
  private final CascadeInstance instance;
  private final Half half;

  WideMoves(CandidateEvaluator evaluator, StartingPlans starts, LadderStep ladders) {
    this.evaluator = evaluator;
    this.starts = starts;
    this.ladders = ladders;
    this.instance = evaluator.instance();
    this.half = instance.selection();
  }

  /**
   * Plans in which a model is the first rung of all classes, or of none.
   *
   * @param errors the place of its thresholds among all thresholds: 0 for the safest, 1 for those
   *     that answer most rows
   */
  List<Candidate> ofModels(Candidate base, double errors) {
    List<Candidate> changed = new ArrayList<>();
    for (int model = 0; model < instance.models() && !evaluator.isLate(); model++) {
      addIfPossible(changed, withModelFirst(base.ladders(), model, errors), base);
      addIfPossible(changed, withoutModel(base.ladders(), model), base);
    }
    return changed;
  }

  private void addIfPossible(List<Candidate> changed, Ladder[] other, Candidate base) {
    if (!Arrays.equals(other, base.ladders())
        && CandidateEvaluator.models(other).size() <= States.MAX_MODELS) {
      changed.add(evaluator.changed(base, other));
    }
  }

  /**
   * A model becomes the first rung of all classes that it knows.
   *
   * @param errors the place of its thresholds among all thresholds: 0 for the safest, 1 for those
   *     that answer most rows
   */
  private Ladder[] withModelFirst(Ladder[] ladders, int model, double errors) {
    Ladder[] changed = ladders.clone();
    for (int variable = 0; variable < ladders.length; variable++) {
      Ladder ladder = ladders[variable];
      if (half.knows(variable, model) && !ladder.uses(model) && ladder.rungs() < States.MAX_RUNGS) {
        Thresholds of = evaluator.thresholds()[variable][model];
        int low = of.lows()[(int) Math.ceil(errors * (of.lows().length - 1))];
        int high = of.highs()[(int) Math.floor((1 - errors) * (of.highs().length - 1))];
        if (low < high && !(low == 0 && high == of.never())) {
          changed[variable] = ladder.with(0, model, low, high);
        }
      }
    }
    return changed;
  }

  /** A model is removed from all ladders in which it is not the last rung. */
  private static Ladder[] withoutModel(Ladder[] ladders, int model) {
    Ladder[] changed = ladders.clone();
    for (int variable = 0; variable < ladders.length; variable++) {
      for (int rung = 0; rung < changed[variable].rungs() - 1; rung++) {
        if (changed[variable].models()[rung] == model) {
          changed[variable] = changed[variable].without(rung);
        }
      }
    }
    return changed;
  }

  /** Plans whose class is cheaper but less accurate, or is answered by another model alone. */
  List<Candidate> ofClass(Candidate base, int variable, Objective objective) {
    List<Candidate> changed = new ArrayList<>();
    for (double share : DETOUR_BOUNDS) {
      ladders.findBetter(base, variable, objective.relaxed(share)).ifPresent(changed::add);
    }
    for (int model : instance.candidates(variable)) {
      Ladder[] other = base.ladders().clone();
      other[variable] = starts.mostAccurate(variable, List.of(model));
      addIfPossible(changed, other, base);
    }
    return changed;
  }
}
