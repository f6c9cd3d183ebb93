package org.seeql.launcher.manifest;

import java.util.regex.Pattern;

/** Validates amounts of memory, CPU and pods. */
final class Amounts {
  private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]{0,8}[mg]");
  private static final Pattern CPUS = Pattern.compile("[1-9][0-9]*m?");
  private static final long MEBIBYTES_IN_A_GIBIBYTE = 1024;

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
