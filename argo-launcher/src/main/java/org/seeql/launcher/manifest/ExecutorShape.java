package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The shape of the executor pods.
 *
 * @param instances the number of executors
 * @param cores concurrent tasks per executor
 * @param coreRequest the CPU request in Kubernetes' notation ({@code 500m}); if empty, the cores
 * @param memory heap per executor in Spark's notation ({@code 2g})
 * @param memoryOverhead memory in addition to the heap, for decoded images and the model
 * @param gpus per executor
 */
public record ExecutorShape(
    int instances,
    int cores,
    Optional<String> coreRequest,
    String memory,
    String memoryOverhead,
    int gpus) {
  private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]*[mg]");
  private static final Pattern CORES = Pattern.compile("[1-9][0-9]*m?");

  /** Two executors with two cores each. */
  public static final ExecutorShape DEFAULT =
      new ExecutorShape(2, 2, Optional.empty(), "1g", "2g", 0);

  public ExecutorShape {
    requireNonNull(coreRequest, "coreRequest is null");
    SubmissionProblems problems = new SubmissionProblems();
    problems.note(() -> requireAtLeast("--executors", instances, 1));
    problems.note(() -> requireAtLeast("--executor-cores", cores, 1));
    problems.note(() -> requireAtLeast("--executor-gpus", gpus, 0));
    problems.note(() -> requireMemory("--executor-memory", memory));
    problems.note(() -> requireMemory("--executor-memory-overhead", memoryOverhead));
    problems.note(() -> coreRequest.ifPresent(ExecutorShape::requireCores));
    problems.refuse();
  }

  private static void requireCores(String request) {
    if (!CORES.matcher(request).matches()) {
      throw new SubmissionException(
          "Invalid --executor-core-request: '%s' (such as 1 or 500m)".formatted(request));
    }
  }

  private static void requireAtLeast(String option, int value, int minimum) {
    if (value < minimum) {
      throw new SubmissionException(
          "Invalid %s: %d (at least %d)".formatted(option, value, minimum));
    }
  }

  private static void requireMemory(String option, String memory) {
    if (!MEMORY.matcher(memory).matches()) {
      throw new SubmissionException(
          "Invalid %s: '%s' (such as 512m or 4g)".formatted(option, memory));
    }
  }
}
