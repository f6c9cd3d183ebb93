package org.seeql.planner.cascade;

import org.seeql.planner.cascade.States.State;

/**
 * Runs a plan with a fixed priority of models over the rows of a half. In each state, the plan runs
 * the model of highest priority among those that may run. For one thread.
 */
final class OrderReplay {
  private final States states;
  private final double[] costs;
  private final int[] ranks;
  private final RowPartition rows;
  private final Listener listener;
  private double total;

  /** Receives the rows on which a model runs. */
  @FunctionalInterface
  interface Listener {
    Listener NONE = (model, readers, rows, from, to) -> {};

    /**
     * A model runs on rows.
     *
     * @param model of the plan
     * @param readers the classes that are evaluated and still matter, one bit per variable
     */
    void runs(int model, int readers, RowPartition rows, int from, int to);
  }

  /**
   * @param costs by model of the plan
   * @param ranks by model of the plan; the lowest rank runs first
   */
  OrderReplay(States states, double[] costs, int[] ranks, RowPartition rows, Listener listener) {
    this.states = states;
    this.costs = costs;
    this.ranks = ranks;
    this.rows = rows;
    this.listener = listener;
  }

  /** The mean cost per row, in milliseconds. */
  double cost() {
    total = 0;
    run(states.start(), 0, rows.size());
    return rows.size() == 0 ? 0 : total / rows.size();
  }

  private void run(State state, int from, int to) {
    if (states.isDecided(state) || from == to) {
      return;
    }
    int model = first(states.eligible(state), ranks);
    total += costs[model] * (to - from);
    int readers = states.readers(state, model) & states.diagram().support(state.rest());
    listener.runs(model, readers, rows, from, to);
    evaluate(states.ran(state, model), readers, from, to);
  }

  private void evaluate(State state, int readers, int from, int to) {
    if (readers == 0 || states.isDecided(state) || from == to) {
      run(state, from, to);
      return;
    }
    int variable = Integer.numberOfTrailingZeros(readers);
    int others = readers & (readers - 1);
    int stop = states.stop(state, variable);
    RowPartition.Parts parts = rows.split(from, to, variable, States.rung(state, variable), stop);
    evaluate(states.after(state, variable, Verdict.NO, stop), others, from, parts.yes());
    evaluate(states.after(state, variable, Verdict.YES, stop), others, parts.yes(), parts.unsure());
    evaluate(states.after(state, variable, Verdict.UNSURE, stop), others, parts.unsure(), to);
  }

  /** The model with the lowest rank among some. */
  static int first(long eligible, int[] ranks) {
    int first = Long.numberOfTrailingZeros(eligible);
    for (long open = eligible & (eligible - 1); open != 0; open &= open - 1) {
      int model = Long.numberOfTrailingZeros(open);
      if (ranks[model] < ranks[first]) {
        first = model;
      }
    }
    return first;
  }
}
