package org.seeql.udf.layout;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Function;

/** The smallest and the largest of some values; NaN if one of them is NaN. */
public record ValueRange(float min, float max) {
  /** The rounding of quantized and half-precision models. */
  private static final float TOLERANCE = 0.01f;

  static final ValueRange EMPTY = new ValueRange(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);

  static ValueRange of(OutputTensor tensor) {
    return of(tensor.values(), 0, 1, tensor.count());
  }

  /** The values of the columns of the last axis, from {@code first} to before {@code end}. */
  static ValueRange ofColumns(OutputTensor tensor, int first, int end) {
    int columns = tensor.size(tensor.shape().size() - 1);
    int rows = columns == 0 ? 0 : tensor.count() / columns;
    ValueRange range = EMPTY;
    for (int column = first; column < end; column++) {
      range = range.and(of(tensor.values(), column, columns, rows));
    }
    return range;
  }

  /**
   * The values of the rows of the second of three axes, from {@code first} to before {@code end}.
   */
  static ValueRange ofRows(OutputTensor tensor, int first, int end) {
    int rows = tensor.size(1);
    int columns = tensor.size(2);
    ValueRange range = EMPTY;
    for (int image = 0; image < tensor.size(0); image++) {
      range =
          range.and(
              of(tensor.values(), (image * rows + first) * columns, 1, (end - first) * columns));
    }
    return range;
  }

  /** The first values of a row of two axes. */
  static ValueRange ofRow(OutputTensor tensor, int row, int count) {
    return of(tensor.values(), row * tensor.size(1), 1, count);
  }

  /** The range over all runs. */
  static ValueRange over(OutputSample sample, Function<List<OutputTensor>, ValueRange> range) {
    return sample.runs().stream().map(range).reduce(EMPTY, ValueRange::and);
  }

  private static ValueRange of(FloatBuffer values, int start, int step, int count) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      float value = values.get(start + i * step);
      // NaN stays
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return new ValueRange(min, max);
  }

  ValueRange and(ValueRange other) {
    return new ValueRange(Math.min(min, other.min), Math.max(max, other.max));
  }

  /** Whether all values can be probabilities. */
  public boolean isProbability() {
    return isEmpty() || isWithin(0, 1);
  }

  boolean isWithin(float least, float most) {
    return min >= least - TOLERANCE && max <= most + TOLERANCE;
  }

  private boolean isEmpty() {
    return min == Float.POSITIVE_INFINITY && max == Float.NEGATIVE_INFINITY;
  }

  /** {@code -1.5 to 3}. */
  @Override
  public String toString() {
    return "%.3g to %.3g".formatted(min, max);
  }
}
