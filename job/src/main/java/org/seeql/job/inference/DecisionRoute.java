package org.seeql.job.inference;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.planner.optimizer.Branch;
import org.seeql.planner.optimizer.DecisionNode;
import org.seeql.planner.optimizer.Step;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.batch.Route;

/**
 * The route of one image through a plan. At each node the node's models run one after another, and
 * their answers choose the branch. For one thread at a time.
 */
final class DecisionRoute implements Route {
  private final PlannedModels work;
  private final Map<String, Integer> placeOf = new HashMap<>();
  private final SortedMap<String, DecidingAnswer> evidence = new TreeMap<>();
  private final boolean[] reached;
  private Step step;
  // Number of models of the current node that have answered
  private int asked;

  DecisionRoute(PlannedModels work) {
    this.work = work;
    this.step = work.plan().root();
    this.reached = new boolean[work.plan().nodes().size()];
    for (int i = 0; i < work.models().size(); i++) {
      placeOf.put(work.models().get(i).name(), i);
    }
    arrive();
  }

  /**
   * An answer about one class, which explains why the image was found or dropped.
   *
   * @param model the model that gave the answer
   */
  record DecidingAnswer(String model, BoundModel.Answer answer) {}

  @Override
  public OptionalInt next() {
    return step instanceof Step.Then then
        ? OptionalInt.of(placeOf.get(node(then).run().get(asked)))
        : OptionalInt.empty();
  }

  @Override
  public void answer(int place, Prediction prediction) {
    BoundModel model = work.models().get(place);
    DecisionNode node = node((Step.Then) step);
    node.answers()
        .forEach(
            (className, by) -> {
              if (by.equals(model.name())) {
                evidence.put(
                    className, new DecidingAnswer(by, model.answer(className, prediction)));
              }
            });
    asked++;
    if (asked == node.run().size()) {
      step = branch(node).step();
      asked = 0;
      arrive();
    }
  }

  private Branch branch(DecisionNode node) {
    List<Branch> fitting = node.next().stream().filter(this::fits).toList();
    if (fitting.size() != 1) {
      throw new IllegalStateException(
          "%d branches of node %d match the answers %s"
              .formatted(fitting.size(), node.id(), evidence));
    }
    return fitting.get(0);
  }

  private boolean fits(Branch branch) {
    return branch.when().entrySet().stream()
        .allMatch(when -> evidence.get(when.getKey()).answer().isShown() == when.getValue());
  }

  private void arrive() {
    if (step instanceof Step.Then then) {
      reached[then.node()] = true;
    }
  }

  private DecisionNode node(Step.Then then) {
    return work.plan().nodes().get(then.node());
  }

  /** Whether the image reached a node of the plan. */
  boolean hasReached(int node) {
    return reached[node];
  }

  /** The decision of the plan. May be called only if there is no next model. */
  boolean isFound() {
    return ((Step.Decide) step).answer();
  }

  /** The answers so far, by class. */
  SortedMap<String, DecidingAnswer> evidence() {
    return Collections.unmodifiableSortedMap(evidence);
  }
}
