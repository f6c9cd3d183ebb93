package org.seeql.launcher.manifest;

import java.util.regex.Pattern;

/** Validates amounts of memory, CPU and pods. */
final class Amounts {
  private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]{0,8}[mg]");
  private static final Pattern CPUS = Pattern.compile("[1-9][0-9]*m?");
  private static final long MEBIBYTES_IN_A_GIBIBYTE = 1024;

  /**
   * Spark's executors and drivers refuse a heap of less than 450 MiB (UnifiedMemoryManager). The
   * JVM counts a part of the heap as reserved, up to a tenth: of 512m it reports 456 to 512 MiB.
   */
  private static final long LEAST_HEAP_MEBIBYTES = 512;

  private Amounts() {}

  static void requireAtLeast(String option, int value, int minimum) {
    if (value < minimum) {
      throw new SubmissionException(
          "Invalid %s: %d (at least %d)".formatted(option, value, minimum));
    }
  }

  /** Checks memory in Spark's notation. */
  static void requireMemory(String option, String memory) {
    if (!MEMORY.matcher(memory).matches()) {
      throw new SubmissionException(
          "Invalid %s: '%s' (such as 512m or 4g)".formatted(option, memory));
    }
  }

  /** Checks the heap of a driver or executor in Spark's notation. */
  static void requireHeap(String option, String memory) {
    requireMemory(option, memory);
    if (mebibytes(memory) < LEAST_HEAP_MEBIBYTES) {
      throw new SubmissionException(
          "Invalid %s: '%s' (at least %dm, because Spark does not start with less)"
              .formatted(option, memory, LEAST_HEAP_MEBIBYTES));
    }
  }

  /** Checks CPUs in Kubernetes' notation. */
  static void requireCpus(String option, String cpus) {
    if (!CPUS.matcher(cpus).matches()) {
      throw new SubmissionException("Invalid %s: '%s' (such as 1 or 500m)".formatted(option, cpus));
    }
  }

  /** The amount of valid memory. */
  static long mebibytes(String memory) {
    long number = Long.parseLong(memory.substring(0, memory.length() - 1));
    return memory.endsWith("g") ? number * MEBIBYTES_IN_A_GIBIBYTE : number;
  }

  /** Valid memory in Kubernetes' notation: {@code 512Mi} or {@code 4Gi}. */
  static String quantity(String memory) {
    return memory.replace("m", "Mi").replace("g", "Gi");
  }
}
