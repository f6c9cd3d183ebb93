package org.seeql.udf.layout;

/** Looking through the scores of classes. */
final class ClassScores {
  private ClassScores() {}

  /** Where the largest value is, from {@code start} to before {@code end}; the first of equals. */
  static int best(float[] values, int start, int end) {
    int best = start;
    for (int i = start + 1; i < end; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /** Logits to probabilities, in place. */
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
