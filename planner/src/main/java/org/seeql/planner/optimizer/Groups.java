package org.seeql.planner.optimizer;

import java.util.Arrays;

/**
 * The models of an assignment and the classes that each answers.
 *
 * @param models in the order of their names, each once
 * @param classes the variables that each answers, one bit per variable
 * @param costs of each, in milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops
record Groups(int[] models, int[] classes, double[] costs) {

  static Groups of(Instance instance, int[] assignment) {
    int[] models = Arrays.stream(assignment).sorted().distinct().toArray();
    int[] classes = new int[models.length];
    double[] costs = new double[models.length];
    for (int variable = 0; variable < assignment.length; variable++) {
      classes[Arrays.binarySearch(models, assignment[variable])] |= 1 << variable;
    }
    for (int group = 0; group < models.length; group++) {
      costs[group] = instance.cost(models[group]);
    }
    return new Groups(models, classes, costs);
  }

  int count() {
    return models.length;
  }

  /** Values by variable from values by group. */
  double[] byVariable(double[] byGroup, int variables) {
    double[] values = new double[variables];
    for (int group = 0; group < models.length; group++) {
      for (int open = classes[group]; open != 0; open &= open - 1) {
        values[Integer.numberOfTrailingZeros(open)] = byGroup[group];
      }
    }
    return values;
  }

  double leastCost() {
    return Arrays.stream(costs).min().orElse(0);
  }

  double totalCost() {
    return Arrays.stream(costs).sum();
  }
}
