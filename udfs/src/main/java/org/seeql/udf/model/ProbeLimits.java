package org.seeql.udf.model;

import java.time.Duration;

/**
 * The limits for probing a model.
 *
 * @param time elapsed time; processor time is limited to this on every core
 * @param memoryBytes of data, including that of the Java process
 */
record ProbeLimits(Duration time, long memoryBytes) {
  static final String SECONDS = "seeql.probe.seconds";
  static final String MEBIBYTES = "seeql.probe.mebibytes";

  private static final int DEFAULT_SECONDS = 120;
  private static final long MIN_MEMORY_BYTES = 4L << 30;

  /** A library reads the file, converts and rearranges the weights, and keeps the result. */
  private static final int COPIES_OF_FILE = 4;

  ProbeLimits {
    if (time.isNegative() || time.isZero() || memoryBytes < 1) {
      throw new IllegalArgumentException(
          "Invalid limits of a probe: %s and %d bytes".formatted(time, memoryBytes));
    }
  }

  /** The default limits for files of that size, unless system properties override them. */
  static ProbeLimits of(long fileBytes) {
    return new ProbeLimits(
        Duration.ofSeconds(Math.max(1, Integer.getInteger(SECONDS, DEFAULT_SECONDS))),
        Math.max(
            1L << 20,
            Long.getLong(MEBIBYTES, (MIN_MEMORY_BYTES + COPIES_OF_FILE * fileBytes) >> 20) << 20));
  }

  String memory() {
    return "%.1f GiB".formatted(memoryBytes / (double) (1L << 30));
  }
}
