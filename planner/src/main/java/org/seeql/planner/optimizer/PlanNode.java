package org.seeql.planner.optimizer;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A node of a plan, for display.
 *
 * @param runs the models that run at the node, each with the classes that it answers
 * @param costMillis of all models that run at the node, per image that reaches it
 * @param reach the expected share of the images that reach the node, 0 to 1
 */
public record PlanNode(
    int id, List<Run> runs, double costMillis, double reach, List<PlanBranch> next) {
  public PlanNode {
    runs = List.copyOf(runs);
    next = List.copyOf(next);
  }

  /** A model with the classes that it answers. */
  public record Run(String model, List<String> classes) {
    public Run {
      requireNonNull(model, "model is null");
      classes = List.copyOf(classes);
    }
  }

  /**
   * A branch.
   *
   * @param when the condition: {@code person, no dog}; empty if the branch always applies
   */
  public record PlanBranch(String when, Step step) {
    public PlanBranch {
      requireNonNull(when, "when is null");
      requireNonNull(step, "step is null");
    }
  }
}
