package org.seeql.planner.optimizer;

/** Chooses the models that answer a predicate. Pure and thread-safe. */
public final class ModelChooser {
  private ModelChooser() {}

  /**
   * The best plan of the strategy asked for, or why there is none. The same problem gives the same
   * choice, whatever the order of its models, unless its timeout cuts the search short.
   */
  public static Choice choose(ChoiceProblem problem) {
    return Refusal.of(
        problem.strategy(), Refusal.Kind.INPUT, "Models cannot be chosen by this version yet");
  }
}
