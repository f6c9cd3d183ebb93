package org.seeql.planner.cascade;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.seeql.planner.cascade.States.State;

/**
 * The cheapest policy of a plan on the rows of a half: in each state, the best next model for the
 * rows that are in it. Which rows these are does not depend on how they came there. A dynamic
 * program over all states that a row can reach. Gives up if there are too many. For one thread.
 */
final class BestOrder {
  /** Two models are equally good within this tolerance, relative to the cost and to 1. */
  private static final double TIE = 1e-12;

  private final States states;
  private final double[] costs;
  private final RowPartition rows;
  private final Map<State, Next> known = new HashMap<>();
  private final long maxWork;
  private long work;

  /**
   * @param cost the total for all rows of the state
   */
  private record Next(int model, double cost) {}

  private static final class TooManyStatesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyStatesException() {
      super("too many states", null, false, false);
    }
  }

  /**
   * @param maxWork the number of row visits after which the search gives up
   */
  BestOrder(States states, double[] costs, RowPartition rows, long maxWork) {
    this.states = states;
    this.costs = costs;
    this.rows = rows;
    this.maxWork = maxWork;
  }

  /** The mean cost per row in milliseconds; empty if there are too many states. */
  Optional<Double> findCost() {
    if (states.variables() > States.MAX_VISITED) {
      return Optional.empty();
    }
    try {
      double total = cost(states.start(), 0, rows.size());
      return Optional.of(rows.size() == 0 ? 0 : total / rows.size());
    } catch (TooManyStatesException e) {
      return Optional.empty();
    }
  }

  /** The next model in a state; empty if no row reaches it. */
  Optional<Integer> findNext(State state) {
    return Optional.ofNullable(known.get(state)).map(Next::model);
  }

  private double cost(State state, int from, int to) {
    if (states.isDecided(state) || from == to) {
      return 0;
    }
    Next found = known.get(state);
    if (found != null) {
      return found.cost();
    }
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (long open = states.eligible(state); open != 0; open &= open - 1) {
      int model = Long.numberOfTrailingZeros(open);
      double own = costs[model] * (to - from);
      if (best < 0 || own < least) {
        double cost =
            own + evaluate(states.ran(state, model), states.readers(state, model), from, to);
        if (best < 0 || cost < least - TIE * Math.max(to - from, least)) {
          best = model;
          least = cost;
        }
      }
    }
    known.put(state, new Next(best, least));
    return least;
  }

  private double evaluate(State state, int readers, int from, int to) {
    if (readers == 0 || states.isDecided(state) || from == to) {
      return cost(state, from, to);
    }
    work += to - from;
    if (work > maxWork) {
      throw new TooManyStatesException();
    }
    int variable = Integer.numberOfTrailingZeros(readers);
    int others = readers & (readers - 1);
    int stop = states.stop(state, variable);
    RowPartition.Parts parts = rows.split(from, to, variable, States.rung(state, variable), stop);
    State no = states.after(state, variable, Verdict.NO, stop);
    State yes = states.after(state, variable, Verdict.YES, stop);
    State unsure = states.after(state, variable, Verdict.UNSURE, stop);
    double cost = evaluate(no, others, from, parts.yes());
    cost += evaluate(yes, others, parts.yes(), parts.unsure());
    return cost + evaluate(unsure, others, parts.unsure(), to);
  }
}
