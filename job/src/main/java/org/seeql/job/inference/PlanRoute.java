package org.seeql.job.inference;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.RungTally;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.Step;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.batch.Route;

/** The route of one image through a plan. For one thread at a time. */
abstract class PlanRoute implements Route {
  private final PlannedModels work;
  private final Map<String, Integer> placeOf = new HashMap<>();
  private final SortedMap<String, DecidingAnswer> evidence = new TreeMap<>();
  private final boolean[] reached;
  private Step step;

  PlanRoute(PlannedModels work) {
    this(work, work.plan().root());
  }

  PlanRoute(PlannedModels work, Step first) {
    this.work = work;
    this.step = first;
    this.reached = new boolean[work.plan().size()];
    for (int i = 0; i < work.models().size(); i++) {
      placeOf.put(work.models().get(i).name(), i);
    }
    arrive();
  }

  /**
   * The route of an image, at its start.
   *
   * @param row the image's row of the selection
   */
  static PlanRoute of(PlannedModels work, long row) {
    SampledAnswers.Answered answered = work.sampled().byRow().get(row);
    if (answered != null) {
      return new SampledRoute(work, answered);
    }
    if (work.plan() instanceof CascadePlan cascade) {
      return new CascadeRoute(work, cascade);
    }
    return new DecisionRoute(work, (DecisionPlan) work.plan());
  }

  @Override
  public final OptionalInt next() {
    return step instanceof Step.Then then
        ? OptionalInt.of(placeOf.get(model(then.node())))
        : OptionalInt.empty();
  }

  /** The model that runs next at a node. */
  abstract String model(int node);

  @Override
  public final void answer(int place, Prediction prediction) {
    step(((Step.Then) step).node(), work.models().get(place), prediction)
        .ifPresent(
            following -> {
              step = following;
              arrive();
            });
  }

  /** The next step after a prediction; empty if more models run at the node. */
  abstract Optional<Step> step(int node, BoundModel model, Prediction prediction);

  final void record(String className, DecidingAnswer answer) {
    evidence.put(className, answer);
  }

  private void arrive() {
    if (step instanceof Step.Then then) {
      reached[then.node()] = true;
    }
  }

  /** Whether the plan determines the answer. */
  boolean isOfPlan() {
    return true;
  }

  /** Counts the rungs that were evaluated on the image. */
  void count(RungTally rungs) {}

  /** Whether the image reached a node of the plan. */
  final boolean hasReached(int node) {
    return reached[node];
  }

  /** The decision of the plan. May be called only if there is no next model. */
  final boolean isFound() {
    return ((Step.Decide) step).answer();
  }

  /** The answers so far, by class. */
  final SortedMap<String, DecidingAnswer> evidence() {
    return Collections.unmodifiableSortedMap(evidence);
  }
}
