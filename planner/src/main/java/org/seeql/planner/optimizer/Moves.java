package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The assignments that differ from a given one by a single decision, with an estimate of their
 * cost.
 */
final class Moves {
  private final Instance instance;

  /** The variables that each model answers, one bit per variable. */
  private final int[] covered;

  private final double[] most;

  Moves(Instance instance) {
    this.instance = instance;
    covered = new int[instance.models().size()];
    most = new double[covered.length];
    for (int variable = 0; variable < instance.variables(); variable++) {
      for (int model : instance.candidates(variable)) {
        covered[model] |= 1 << variable;
      }
    }
  }

  /**
   * The neighbours of an assignment, by three kinds of moves. One class moves to another model. All
   * classes of a model that another model answers move to that model. A model takes all classes
   * that it answers.
   */
  List<int[]> from(int[] assignment) {
    List<int[]> moves = new ArrayList<>();
    for (int variable = 0; variable < assignment.length; variable++) {
      for (int model : instance.candidates(variable)) {
        if (model != assignment[variable]) {
          int[] move = assignment.clone();
          move[variable] = model;
          moves.add(move);
        }
      }
    }
    Groups groups = instance.groups(assignment);
    for (int model = 0; model < covered.length; model++) {
      for (int group = 0; group < groups.count(); group++) {
        int taken = groups.classes()[group] & covered[model];
        if (groups.models()[group] != model && Integer.bitCount(taken) > 1) {
          moves.add(with(assignment, taken, model));
        }
      }
      if (groups.count() > 1 && Integer.bitCount(covered[model]) > 1) {
        moves.add(with(assignment, covered[model], model));
      }
    }
    return moves;
  }

  private static int[] with(int[] assignment, int classes, int model) {
    int[] move = assignment.clone();
    for (int open = classes; open != 0; open &= open - 1) {
      move[Integer.numberOfTrailingZeros(open)] = model;
    }
    return move;
  }

  /** Assigns all classes that a model answers to it. */
  void takeAll(int[] assignment, int model) {
    System.arraycopy(with(assignment, covered[model], model), 0, assignment, 0, assignment.length);
  }

  /**
   * An estimated cost of an assignment, if each class matters to as many images as before. A model
   * runs for the images of that one of its classes that matters to most images.
   *
   * @param reach the share of the images for which each class matters
   */
  double cost(int[] assignment, double[] reach) {
    for (int variable = 0; variable < assignment.length; variable++) {
      int model = assignment[variable];
      most[model] = Math.max(most[model], reach[variable]);
    }
    double cost = 0;
    for (int model : assignment) {
      cost += most[model] * instance.cost(model);
      most[model] = 0;
    }
    return cost;
  }

  /**
   * The first start: for each class the cheapest model, or the most accurate if the costs are
   * equal.
   */
  static int[] cheapest(Instance instance) {
    int[] assignment = new int[instance.variables()];
    Arrays.setAll(assignment, variable -> instance.candidates(variable)[0]);
    for (int variable = 0; variable < assignment.length; variable++) {
      for (int model : instance.candidates(variable)) {
        if (instance.cost(model) < instance.cost(assignment[variable])) {
          assignment[variable] = model;
        }
      }
    }
    return assignment;
  }
}
