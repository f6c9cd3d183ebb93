package org.seeql.udf.layout;

import static java.util.Objects.requireNonNull;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * One tensor of a model's output, converted to float32.
 *
 * @param name in the model; empty if it has none
 * @param values row-major, from index 0 to the product of the shape; valid until the outputs are
 *     closed
 * @param numbers whether the model's own type is fractional or integral
 */
public record OutputTensor(String name, List<Long> shape, FloatBuffer values, Numbers numbers) {
  /** The kind of a tensor's own type. */
  public enum Numbers {
    FRACTIONS,
    WHOLE
  }

  public OutputTensor {
    requireNonNull(name, "name is null");
    requireNonNull(values, "values is null");
    requireNonNull(numbers, "numbers is null");
    shape = List.copyOf(shape);
  }

  /** A tensor of fractions. */
  public OutputTensor(String name, List<Long> shape, FloatBuffer values) {
    this(name, shape, values, Numbers.FRACTIONS);
  }

  public static OutputTensor of(String name, long[] shape, FloatBuffer values, Numbers numbers) {
    return new OutputTensor(name, Arrays.stream(shape).boxed().toList(), values, numbers);
  }

  /** The length of an axis. */
  public int size(int axis) {
    return Math.toIntExact(shape.get(axis));
  }

  /** The number of values. */
  int count() {
    return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
  }

  /**
   * Whether a value of an image is NaN.
   *
   * @param image its index in the batch. All values count if the first axis is shorter
   */
  boolean hasNaN(int image) {
    int images = shape.isEmpty() ? 1 : size(0);
    int perImage = images == 0 ? 0 : count() / images;
    int from = image < images ? image * perImage : 0;
    int to = image < images ? from + perImage : count();
    for (int i = from; i < to; i++) {
      if (Float.isNaN(values.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** {@code name [1, 25200, 85]}. */
  @Override
  public String toString() {
    return (name + " " + shape).trim();
  }
}
