package org.seeql.planner.optimizer;

import java.util.HashMap;
import java.util.Map;
import org.seeql.planner.optimizer.PlanShape.Situation;
import org.seeql.planner.predicate.DecisionDiagram;

/**
 * The least expected cost of an assignment whose answers are correlated. Runs a dynamic program
 * over all answers so far. The cost of a state is the total for all images that reach it, so that
 * the costs of states add up.
 */
final class AnswerCosts implements PlanShape.Policy {
  private final DecisionDiagram diagram;
  private final int function;
  private final Groups groups;
  private final SearchBudget work;

  /** Sorted again within a state's slice, so that vectors with the same answer are adjacent. */
  private final int[] vectors;

  private final double[] shares;
  private final Map<Long, Double> known = new HashMap<>();

  AnswerCosts(
      DecisionDiagram diagram,
      int function,
      Groups groups,
      AnswerVectors vectors,
      SearchBudget work) {
    this.diagram = diagram;
    this.function = function;
    this.groups = groups;
    this.vectors = vectors.vectors();
    this.shares = vectors.shares();
    this.work = work;
  }

  /** Images with the same answers, as a slice of the vectors. */
  private record State(int rest, int answered, int answers, int from, int to) {
    long key() {
      return (long) answered << Integer.SIZE | answers;
    }
  }

  double cost() {
    return cost(new State(function, 0, 0, 0, vectors.length));
  }

  private double cost(State state) {
    if (diagram.isConstant(state.rest()) || state.from() == state.to()) {
      return 0;
    }
    Double found = known.get(state.key());
    if (found != null) {
      return found;
    }
    double share = share(state);
    double least = Double.POSITIVE_INFINITY;
    for (int group = 0; group < groups.count(); group++) {
      if (matters(group, state.rest()) && groups.costs()[group] * share < least) {
        least = Math.min(least, costThrough(group, state, share));
      }
    }
    known.put(state.key(), least);
    return least;
  }

  private boolean matters(int group, int rest) {
    return (groups.classes()[group] & diagram.support(rest)) != 0;
  }

  private double share(State state) {
    work.add(state.to() - state.from());
    double share = 0;
    for (int i = state.from(); i < state.to(); i++) {
      share += shares[i];
    }
    return share;
  }

  private double costThrough(int group, State state, double share) {
    return groups.costs()[group] * share + costAfter(state, groups.classes()[group]);
  }

  private double costAfter(State state, int classes) {
    if (classes == 0 || diagram.isConstant(state.rest()) || state.from() == state.to()) {
      return cost(state);
    }
    int variable = Integer.numberOfTrailingZeros(classes);
    int bit = 1 << variable;
    int middle = part(state, bit);
    int answered = state.answered() | bit;
    int ifNo = diagram.rest(state.rest(), variable, false);
    int ifYes = diagram.rest(state.rest(), variable, true);
    State no = new State(ifNo, answered, state.answers(), state.from(), middle);
    State yes = new State(ifYes, answered, state.answers() | bit, middle, state.to());
    return costAfter(no, classes & ~bit) + costAfter(yes, classes & ~bit);
  }

  /**
   * Moves the vectors that answer no before those that answer yes, and returns the start of the
   * latter.
   */
  private int part(State state, int bit) {
    work.add(state.to() - state.from());
    int middle = state.from();
    for (int i = state.from(); i < state.to(); i++) {
      if ((vectors[i] & bit) == 0) {
        int vector = vectors[i];
        double share = shares[i];
        vectors[i] = vectors[middle];
        shares[i] = shares[middle];
        vectors[middle] = vector;
        shares[middle] = share;
        middle++;
      }
    }
    return middle;
  }

  @Override
  public Situation start() {
    return new Situation(function, 0, 0);
  }

  @Override
  public Situation after(Situation before, int rest, int answered, int answers) {
    int allAnswered = before.answered() | answered;
    int allAnswers = before.answers() | answers;
    if (!before.isForgetful()) {
      for (int vector : vectors) {
        if ((vector & allAnswered) == allAnswers) {
          return new Situation(rest, allAnswered, allAnswers);
        }
      }
    }
    return new Situation(rest, Situation.FORGOTTEN, 0);
  }

  @Override
  public int[] next(Situation situation) {
    double limit = Double.POSITIVE_INFINITY;
    double share = 0;
    State state = new State(situation.rest(), 0, 0, 0, vectors.length);
    if (!situation.isForgetful()) {
      state = slice(situation);
      share = share(state);
      double cost = cost(state);
      limit = cost + ResidualCosts.TIE * Math.max(share, cost);
    }
    for (int group = 0; group < groups.count(); group++) {
      if (matters(group, situation.rest())
          && (situation.isForgetful() || costThrough(group, state, share) <= limit)) {
        return new int[] {group};
      }
    }
    throw new IllegalStateException("no model of the assignment answers the remaining predicate");
  }

  /** Makes the vectors with the answers so far adjacent. */
  private State slice(Situation situation) {
    State state = new State(situation.rest(), 0, 0, 0, vectors.length);
    for (int open = situation.answered(); open != 0; open &= open - 1) {
      int bit = open & -open;
      int middle = part(state, bit);
      boolean isYes = (situation.answers() & bit) != 0;
      state =
          new State(
              situation.rest(),
              state.answered() | bit,
              state.answers() | (isYes ? bit : 0),
              isYes ? middle : state.from(),
              isYes ? state.to() : middle);
    }
    return state;
  }
}
