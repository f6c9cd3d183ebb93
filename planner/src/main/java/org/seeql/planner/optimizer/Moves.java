package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Assignments that differ from one by one decision, and what they might cost. */
final class Moves {
  private final Instance instance;

  /** The variables that each model answers, a bit each. */
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
   * One class goes to another model; or all classes of a model that another one answers go to that;
   * or a model takes all that it answers.
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

  /** Gives a model all that it answers. */
  void takeAll(int[] assignment, int model) {
    System.arraycopy(with(assignment, covered[model], model), 0, assignment, 0, assignment.length);
  }

  /**
   * What an assignment might cost if each class mattered to as many images as before: a model runs
   * for the images of that class of its own that matters most.
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

  /** The first start: the models that are cheapest, or most accurate where they cost the same. */
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
