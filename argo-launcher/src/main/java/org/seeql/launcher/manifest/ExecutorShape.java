package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

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

  /** Two executors with two cores each. */
  public static final ExecutorShape DEFAULT =
      new ExecutorShape(2, 2, Optional.empty(), "1g", "2g", 0);

  public ExecutorShape {
    requireNonNull(coreRequest, "coreRequest is null");
    SubmissionProblems problems = new SubmissionProblems();
    problems.note(() -> Amounts.requireAtLeast("--executors", instances, 1));
    problems.note(() -> Amounts.requireAtLeast("--executor-cores", cores, 1));
    problems.note(() -> Amounts.requireAtLeast("--executor-gpus", gpus, 0));
    problems.note(() -> Amounts.requireHeap("--executor-memory", memory));
    problems.note(() -> Amounts.requireMemory("--executor-memory-overhead", memoryOverhead));
    problems.note(
        () -> coreRequest.ifPresent(c -> Amounts.requireCpus("--executor-core-request", c)));
    problems.note(() -> requireCoresFor(gpus, cores));
    problems.refuse();
  }

  private static void requireCoresFor(int gpus, int cores) {
    if (gpus > cores && cores > 0) {
      throw new SubmissionException(
          "Invalid --executor-gpus: %d (at most --executor-cores, %d: a task uses one GPU, and the others would be idle)"
              .formatted(gpus, cores));
    }
  }
}
