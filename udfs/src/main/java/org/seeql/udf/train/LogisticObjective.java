package org.seeql.udf.train;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The regularised loss of a logistic regression and its gradient: the weighted mean of the negative
 * log-likelihood, plus {@code lambda / 2} times the sum of the squared weights. The bias is not
 * regularised. For one thread.
 *
 * <p>Its parameters are, for each class, the weights of the features and then the bias. Uses {@link
 * StrictMath}, so that the same data give the same result on every machine.
 */
final class LogisticObjective {
  private final LinearHead.Kind kind;
  private final float[][] features;
  private final int[][] right;
  private final double[][] importance;
  private final int classes;
  private final double lambda;
  private final double total;
  private double[] point = new double[0];
  private double[] gradient = new double[0];
  private double value;

  /**
   * The loss on some examples.
   *
   * @param features by example; standardised
   * @param labels by example: the numbers of its classes, for softmax exactly one
   * @param weights the importance of a class that an example shows, and of one that it does not
   *     show
   */
  LogisticObjective(
      LinearHead.Kind kind,
      float[][] features,
      List<BitSet> labels,
      ClassWeights weights,
      double lambda) {
    this.kind = kind;
    this.features = features;
    this.classes = weights.shown().length;
    this.lambda = lambda;
    this.right = new int[labels.size()][];
    this.importance = new double[labels.size()][];
    double sum = 0;
    for (int i = 0; i < right.length; i++) {
      BitSet shown = labels.get(i);
      right[i] = new int[classes];
      shown.stream().filter(c -> c < classes).forEach(setter(right[i]));
      importance[i] = new double[kind == LinearHead.Kind.SOFTMAX ? 1 : classes];
      for (int c = 0; c < importance[i].length; c++) {
        int of = kind == LinearHead.Kind.SOFTMAX ? shown.nextSetBit(0) : c;
        importance[i][c] = shown.get(of) ? weights.shown()[of] : weights.absent()[of];
        sum += importance[i][c];
      }
    }
    this.total = sum;
  }

  private static IntConsumer setter(int[] target) {
    return c -> target[c] = 1;
  }

  /** The importance of examples, by class. */
  @SuppressWarnings("ArrayRecordComponent") // used within a package, and not changed
  record ClassWeights(double[] shown, double[] absent) {}

  double value(double[] parameters) {
    compute(parameters);
    return value;
  }

  double[] gradient(double[] parameters) {
    compute(parameters);
    return gradient.clone();
  }

  private void compute(double[] parameters) {
    if (Arrays.equals(parameters, point)) {
      return;
    }
    point = parameters.clone();
    gradient = new double[parameters.length];
    int size = parameters.length / classes;
    double loss = 0;
    for (int i = 0; i < features.length; i++) {
      double[] logits = logits(parameters, features[i], classes);
      double[] scores = probabilities(kind, logits);
      for (int c = 0; c < classes; c++) {
        double weight = importance[i][kind == LinearHead.Kind.SOFTMAX ? 0 : c] / total;
        loss += weight * loss(logits, c, right[i][c]);
        double slope = weight * (scores[c] - right[i][c]);
        int at = c * size;
        float[] row = features[i];
        for (int d = 0; d < row.length; d++) {
          gradient[at + d] += slope * row[d];
        }
        gradient[at + size - 1] += slope;
      }
    }
    double squares = 0;
    for (int p = 0; p < parameters.length; p++) {
      if (p % size != size - 1) {
        squares += parameters[p] * parameters[p];
        gradient[p] += lambda * parameters[p];
      }
    }
    value = loss + lambda / 2 * squares;
  }

  static double[] logits(double[] parameters, float[] row, int classes) {
    int size = parameters.length / classes;
    double[] logits = new double[classes];
    for (int c = 0; c < classes; c++) {
      int at = c * size;
      double sum = parameters[at + size - 1];
      for (int d = 0; d < row.length; d++) {
        sum += parameters[at + d] * row[d];
      }
      logits[c] = sum;
    }
    return logits;
  }

  /** The share of a class in the negative log-likelihood of an example. */
  private double loss(double[] logits, int c, int isRight) {
    if (kind == LinearHead.Kind.SIGMOID) {
      return softplus(isRight == 1 ? -logits[c] : logits[c]);
    }
    return isRight == 1 ? logOfSum(logits) - logits[c] : 0;
  }

  /** The negative log-likelihood of an example. */
  static double loss(LinearHead.Kind kind, double[] logits, BitSet shown) {
    if (kind == LinearHead.Kind.SOFTMAX) {
      return logOfSum(logits) - logits[shown.nextSetBit(0)];
    }
    double loss = 0;
    for (int c = 0; c < logits.length; c++) {
      loss += softplus(shown.get(c) ? -logits[c] : logits[c]);
    }
    return loss;
  }

  static double[] probabilities(LinearHead.Kind kind, double[] logits) {
    double[] scores = new double[logits.length];
    double norm = kind == LinearHead.Kind.SOFTMAX ? logOfSum(logits) : 0;
    for (int c = 0; c < scores.length; c++) {
      scores[c] =
          kind == LinearHead.Kind.SOFTMAX
              ? StrictMath.exp(logits[c] - norm)
              : 1 / (1 + StrictMath.exp(-logits[c]));
    }
    return scores;
  }

  private static double logOfSum(double[] logits) {
    double most = Arrays.stream(logits).max().orElseThrow();
    double sum = 0;
    for (double logit : logits) {
      sum += StrictMath.exp(logit - most);
    }
    return most + StrictMath.log(sum);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }
}
