package org.seeql.udf.model;

import static java.util.Objects.requireNonNull;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * One tensor of a model's output, as float32 whatever its own type.
 *
 * @param name as the model calls it; empty when it has no names
 * @param values row-major, from index 0 to the product of the shape; valid until the outputs are
 *     closed
 */
public record OutputTensor(String name, List<Long> shape, FloatBuffer values) {
  public OutputTensor {
    requireNonNull(name, "name is null");
    requireNonNull(values, "values is null");
    shape = List.copyOf(shape);
  }

  static OutputTensor of(String name, long[] shape, FloatBuffer values) {
    return new OutputTensor(name, Arrays.stream(shape).boxed().toList(), values);
  }

  /** The length of an axis. */
  public int size(int axis) {
    return Math.toIntExact(shape.get(axis));
  }

  /** {@code name [1, 25200, 85]}. */
  @Override
  public String toString() {
    return (name + " " + shape).trim();
  }
}
