package org.seeql.udf.layout;

import org.seeql.udf.InferenceException;

/** Operations on class scores. */
final class ClassScores {
  /** Quantized and half-precision models exceed 1 by rounding. */
  private static final float MAX = 1.01f;

  private ClassScores() {}

  /**
   * Checks that a score is a probability, or NaN, which no threshold admits.
   *
   * @throws InferenceException otherwise; then the model has another layout or activation
   */
  static void check(float score) {
    if (score > MAX) {
      throw new InferenceException(
          "Cannot use the model's output: it contains a score of %.4g (at most 1);".formatted(score)
              + " the layout or the activation of the model is wrong");
    }
  }

  /** Checks each score. */
  static void check(float[] scores) {
    for (float score : scores) {
      check(score);
    }
  }

  /** The probability of a logit. */
  static float sigmoid(float logit) {
    return (float) (1 / (1 + Math.exp(-logit)));
  }

  /** Converts independent logits to probabilities, in place. */
  static void sigmoid(float[] logits) {
    for (int i = 0; i < logits.length; i++) {
      logits[i] = sigmoid(logits[i]);
    }
  }

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
