package org.seeql.planner.cascade;

import org.seeql.planner.model.ScoreSample;

/**
 * Every second row of a sample.
 *
 * @param shown the rows that show a class, by variable
 * @param scores by variable, model and row; null if the model does not know the class
 * @param truth the rows for which the predicate holds
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops
record Half(int rows, long[][] shown, double[][][] scores, long[] truth) {

  /**
   * @param first 0 for the even rows, 1 for the odd rows
   */
  static Half of(CascadeInstance instance, ScoreSample sample, int first) {
    int all = sample.rows().size();
    int rows = (all + 1 - first) / 2;
    long[][] shown = new long[instance.variables()][];
    double[][][] scores = new double[instance.variables()][instance.models()][];
    for (int variable = 0; variable < instance.variables(); variable++) {
      String name = instance.className(variable);
      int column = sample.classes().indexOf(name);
      shown[variable] = RowSet.empty(rows);
      for (int row = 0; row < rows; row++) {
        if (sample.rows().get(2 * row + first).charAt(column) == '1') {
          RowSet.add(shown[variable], row);
        }
      }
      for (int model = 0; model < instance.models(); model++) {
        scores[variable][model] =
            sample
                .find(instance.modelName(model), name)
                .map(ofClass -> everySecond(ofClass, first, rows))
                .orElse(null);
      }
    }
    return new Half(rows, shown, scores, instance.holds(instance.function(), shown, rows));
  }

  private static double[] everySecond(double[] all, int first, int rows) {
    double[] half = new double[rows];
    for (int row = 0; row < rows; row++) {
      half[row] = all[2 * row + first];
    }
    return half;
  }

  boolean knows(int variable, int model) {
    return scores[variable][model] != null;
  }
}
