package org.seeql.planner.cascade;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.seeql.planner.predicate.DecisionDiagram;

/**
 * The states of images in a set of ladders, and their transitions. The models of the ladders are
 * numbered in the order of their names. Immutable, apart from the diagram's caches.
 */
final class States {
  /** At most this many rungs in a ladder. */
  static final int MAX_RUNGS = 4;

  /** Visits are not recorded for more classes. */
  static final int MAX_VISITED = 16;

  /** At most this many models in a plan. */
  static final int MAX_MODELS = Long.SIZE;

  private static final int BITS = 3;
  private static final int MASK = (1 << BITS) - 1;
  private static final int ANSWERED_NO = MAX_RUNGS;
  private static final int ANSWERED_YES = MAX_RUNGS + 1;
  private static final int RUNG_BITS = 2;

  private final DecisionDiagram diagram;
  private final int function;
  private final int[] models;
  private final int[][] rungModels;

  /**
   * What is known of an image.
   *
   * @param rest the residual predicate
   * @param status the answer or the current rung of each class, packed
   * @param ran the models that have run, one bit per model of the plan
   * @param visits for each answered class, the rungs that were evaluated together when it was
   *     answered, packed. Two images with the same answers may have left a ladder at different
   *     rungs, and a graph can tell them apart only by these
   */
  record State(int rest, long status, long ran, long visits) {}

  /**
   * @param ladders by variable
   */
  States(CascadeInstance instance, Ladder[] ladders) {
    this.diagram = instance.diagram();
    this.function = instance.function();
    this.models =
        Arrays.stream(ladders)
            .flatMapToInt(ladder -> IntStream.of(ladder.models()))
            .distinct()
            .sorted()
            .toArray();
    this.rungModels = new int[ladders.length][];
    for (int variable = 0; variable < ladders.length; variable++) {
      rungModels[variable] = IntStream.of(ladders[variable].models()).map(this::local).toArray();
    }
  }

  /** The models of the plan, as numbers of the instance. */
  int[] models() {
    return models;
  }

  /** The number of a model in the plan. */
  int local(int model) {
    return Arrays.binarySearch(models, model);
  }

  int variables() {
    return rungModels.length;
  }

  DecisionDiagram diagram() {
    return diagram;
  }

  State start() {
    return new State(function, 0, 0, 0);
  }

  boolean isDecided(State state) {
    return diagram.isConstant(state.rest());
  }

  /** The current rung of a class; {@link #MAX_RUNGS} or more if the class is answered. */
  static int rung(State state, int variable) {
    return (int) (state.status() >>> (BITS * variable)) & MASK;
  }

  static boolean isAnswered(State state, int variable) {
    return rung(state, variable) >= MAX_RUNGS;
  }

  /** The models that may run next: those of the current rungs of classes that still matter. */
  long eligible(State state) {
    long eligible = 0;
    for (int open = diagram.support(state.rest()); open != 0; open &= open - 1) {
      int variable = Integer.numberOfTrailingZeros(open);
      eligible |= 1L << rungModels[variable][rung(state, variable)];
    }
    return eligible;
  }

  /** Whether the rest of the predicate depends on a class. */
  boolean matters(State state, int variable) {
    return ((diagram.support(state.rest()) >>> variable) & 1) != 0;
  }

  /** The classes whose current rung uses a model. */
  int readers(State state, int model) {
    int readers = 0;
    for (int variable = 0; variable < rungModels.length; variable++) {
      if (!isAnswered(state, variable) && rungModels[variable][rung(state, variable)] == model) {
        readers |= 1 << variable;
      }
    }
    return readers;
  }

  /** The state in which one more model has run, before its classes are evaluated. */
  State ran(State state, int model) {
    return new State(state.rest(), state.status(), state.ran() | (1L << model), state.visits());
  }

  /**
   * The first rung that cannot be evaluated yet because its model has not run; the length of the
   * ladder if all rungs can be evaluated.
   */
  int stop(State state, int variable) {
    int rung = rung(state, variable);
    int[] ladder = rungModels[variable];
    while (rung < ladder.length && ((state.ran() >>> ladder[rung]) & 1) != 0) {
      rung++;
    }
    return rung;
  }

  int rungs(int variable) {
    return rungModels[variable].length;
  }

  /** The state after a class has been evaluated up to a rung. */
  State after(State state, int variable, Verdict verdict, int stop) {
    return switch (verdict) {
      case NO -> answered(state, variable, false, stop);
      case YES -> answered(state, variable, true, stop);
      case UNSURE ->
          new State(state.rest(), status(state, variable, stop), state.ran(), state.visits());
    };
  }

  private State answered(State state, int variable, boolean isYes, int stop) {
    int rest = diagram.rest(state.rest(), variable, isYes);
    long status = status(state, variable, isYes ? ANSWERED_YES : ANSWERED_NO);
    return new State(rest, status, state.ran(), visits(state, variable, stop));
  }

  private static long visits(State state, int variable, int stop) {
    if (variable >= MAX_VISITED) {
      return state.visits();
    }
    long visit = ((long) rung(state, variable) << RUNG_BITS) | (stop - 1);
    return state.visits() | (visit << (2 * RUNG_BITS * variable));
  }

  private static long status(State state, int variable, int value) {
    int shift = BITS * variable;
    return (state.status() & ~((long) MASK << shift)) | ((long) value << shift);
  }

  /** The state without what the residual predicate no longer needs. */
  State forgetful(State state) {
    int open = diagram.support(state.rest());
    long status = 0;
    long needed = 0;
    for (int variable = 0; variable < rungModels.length; variable++) {
      boolean isOpen = ((open >>> variable) & 1) != 0;
      int rung = isOpen ? rung(state, variable) : ANSWERED_NO;
      status |= (long) rung << (BITS * variable);
      for (int later = rung; isOpen && later < rungModels[variable].length; later++) {
        needed |= 1L << rungModels[variable][later];
      }
    }
    return new State(state.rest(), status, state.ran() & needed, 0);
  }
}
