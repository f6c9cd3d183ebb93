package org.seeql.udf.layout;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The candidates of one image in the columns of {@code [B, R, N]}: four rows for the box, one row
 * for each class, and possibly further rows.
 */
final class CandidateColumns {
  static final int FIRST_CLASS = 4;

  /** Receives a candidate. */
  interface Receiver {
    void accept(int column, int classId, float score);
  }

  private final FloatBuffer values;
  private final int start;
  private final int count;

  CandidateColumns(OutputTensor output, int image) {
    values = output.values();
    count = output.size(2);
    start = image * output.size(1) * count;
  }

  float value(int row, int column) {
    return values.get(start + row * count + column);
  }

  /** Passes on the candidates whose best class reaches the confidence, with that class. */
  void forEachAbove(float confidence, int classes, Receiver receiver) {
    float[] scores = new float[count];
    int[] best = new int[count];
    findBest(classes, scores, best);
    for (int i = 0; i < count; i++) {
      if (scores[i] >= confidence) {
        receiver.accept(i, best[i], scores[i]);
      }
    }
  }

  /** Iterates by class, because that is the order in memory. */
  private void findBest(int classes, float[] scores, int[] best) {
    float[] row = new float[count];
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < classes; c++) {
      values.get(start + (FIRST_CLASS + c) * count, row);
      for (int i = 0; i < count; i++) {
        if (row[i] > scores[i]) {
          scores[i] = row[i];
          best[i] = c;
        }
      }
    }
  }
}
