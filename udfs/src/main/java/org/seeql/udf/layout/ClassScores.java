package org.seeql.udf.layout;

/** Operations on class scores. */
final class ClassScores {
  private ClassScores() {}

  /**
   * The index of the largest value, from {@code start} to before {@code end}; the first of equals.
   */
  static int best(float[] values, int start, int end) {
    int best = start;
    for (int i = start + 1; i < end; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /** Converts logits to probabilities, in place. */
  static void softmax(float[] logits) {
    float largest = logits[best(logits, 0, logits.length)];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.exp(logits[i] - largest);
      sum += logits[i];
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] /= (float) sum;
    }
  }
}
