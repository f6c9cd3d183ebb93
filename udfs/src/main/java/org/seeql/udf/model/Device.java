package org.seeql.udf.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The device on which a model runs.
 *
 * @param index of the machine's GPU, from 0; 0 for the CPU
 */
public record Device(Kind kind, int index) implements Serializable {
  /** The kinds of device. */
  public enum Kind {
    CPU,
    GPU
  }

  public static final Device CPU = new Device(Kind.CPU, 0);

  public Device {
    requireNonNull(kind, "kind is null");
    if (index < 0 || (kind == Kind.CPU && index != 0)) {
      throw new IllegalArgumentException("Invalid index of a " + kind + ": " + index);
    }
  }

  public static Device gpu(int index) {
    return new Device(Kind.GPU, index);
  }

  public boolean isGpu() {
    return kind == Kind.GPU;
  }

  /** {@code cpu} or {@code gpu:0}. */
  @Override
  public String toString() {
    return isGpu() ? "gpu:" + index : "cpu";
  }
}
