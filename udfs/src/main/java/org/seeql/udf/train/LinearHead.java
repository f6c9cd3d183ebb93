package org.seeql.udf.train;

import static java.util.Objects.requireNonNull;

/**
 * The last layer of a trained model: {@code weights · features + bias}, then softmax or sigmoid.
 *
 * @param weights by class, then by feature
 * @param bias by class
 */
@SuppressWarnings("ArrayRecordComponent") // must not be changed; one of them can have megabytes
public record LinearHead(Kind kind, float[][] weights, float[] bias) {
  /** What the scores of the classes are. */
  public enum Kind {
    /** Probabilities of which one is right: they sum to 1. */
    SOFTMAX,
    /** An independent probability for each class. */
    SIGMOID
  }

  public LinearHead {
    requireNonNull(kind, "kind is null");
    if (weights.length != bias.length || weights.length == 0) {
      throw new IllegalArgumentException("weights and bias differ in their number of classes");
    }
  }

  public int classes() {
    return bias.length;
  }

  /** The number of features. */
  public int features() {
    return weights[0].length;
  }

  /** The probabilities of the classes, in float32 as ONNX Runtime computes them. */
  public float[] scores(float[] features) {
    double[] logits = new double[classes()];
    for (int c = 0; c < logits.length; c++) {
      double sum = bias[c];
      for (int d = 0; d < features.length; d++) {
        sum += (double) weights[c][d] * features[d];
      }
      logits[c] = sum;
    }
    double[] scores = LogisticObjective.probabilities(kind, logits);
    float[] rounded = new float[scores.length];
    for (int c = 0; c < rounded.length; c++) {
      rounded[c] = (float) scores[c];
    }
    return rounded;
  }
}
