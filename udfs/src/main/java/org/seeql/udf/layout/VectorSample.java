package org.seeql.udf.layout;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the outputs {@code [B, N]} of a model, its file and the options that a user set show about
 * the meaning of the values: scores of classes that exclude each other, scores of independent
 * classes, or a vector.
 */
final class VectorSample {
  /** The rounding of half-precision models. */
  private static final double TOLERANCE = 0.01;

  /** The difference of a score that was quantized to bytes, at most. */
  private static final double QUANTIZED = 0.5 / 255;

  private final OutputSample sample;
  private final int size;
  private double leastSum = Double.POSITIVE_INFINITY;
  private double mostSum = Double.NEGATIVE_INFINITY;
  private boolean unitLength = true;

  private VectorSample(OutputSample sample, int size) {
    this.sample = sample;
    this.size = size;
  }

  static VectorSample of(OutputSample sample, VectorLayout layout) {
    VectorSample seen = new VectorSample(sample, layout.values(sample.outputs()).size(1));
    for (List<OutputTensor> outputs : sample.runs()) {
      seen.add(layout.values(outputs).values());
    }
    return seen;
  }

  private void add(FloatBuffer values) {
    for (int start = 0; start + size <= values.limit(); start += size) {
      double sum = 0;
      double squares = 0;
      for (int i = start; i < start + size; i++) {
        sum += values.get(i);
        squares += (double) values.get(i) * values.get(i);
      }
      leastSum = Math.min(leastSum, sum);
      mostSum = Math.max(mostSum, sum);
      unitLength &= Math.abs(Math.sqrt(squares) - 1) <= TOLERANCE;
    }
  }

  /** The number of values of an image. */
  int size() {
    return size;
  }

  /** Whether the values of each image sum to 1, as those of a softmax do. */
  boolean sumsToOne() {
    return size > 1 && leastSum >= 1 - TOLERANCE && mostSum <= 1 + TOLERANCE;
  }

  /** Whether these values cannot come from a softmax, even with rounding. */
  boolean cannotSumToOne() {
    double rounding = TOLERANCE + size * QUANTIZED;
    return mostSum > 1 + rounding || leastSum < 1 - rounding;
  }

  /** The sums of the values of an image. */
  String sums() {
    return String.format(Locale.ROOT, "%.3g to %.3g", leastSum, mostSum);
  }

  /** Whether the values of each image have the Euclidean length 1. */
  boolean hasUnitLength() {
    return unitLength;
  }

  /** Whether the file or an option names classes. */
  boolean namesClasses() {
    return !sample.metadata().names().isEmpty() || sample.chosen().labels();
  }

  /** The function that an option sets. */
  Optional<Activation> activation() {
    return sample.chosen().activation();
  }

  /** Whether nothing else is in the output. */
  boolean isOnlyOutput() {
    return sample.outputs().size() == 1;
  }
}
