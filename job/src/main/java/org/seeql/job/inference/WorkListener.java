package org.seeql.job.inference;

import org.seeql.udf.batch.PipelineListener;

/**
 * Receives events of the tasks and runs of this JVM, which may be an executor, a driver, or both.
 * Like every {@link PipelineListener} it must be thread-safe and fast, and must not throw.
 */
public interface WorkListener extends PipelineListener {
  /** Ignores all events. */
  WorkListener NONE = new WorkListener() {};

  /**
   * A task has committed its partition.
   *
   * @param images images of the partition, including failed ones
   * @param rows rows of the result
   * @param nanos duration of the commit, including the insertion of the last rows
   */
  default void partitionCommitted(long images, long rows, long nanos) {}

  /**
   * The progress of a run's inference, as seen by its driver; about five times per second, and at
   * the end.
   *
   * @param selected images of the run
   * @param done completed images, including failed ones
   * @param failed completed images that could not be read or decoded
   */
  default void runProgressed(String runId, long selected, long done, long failed) {}

  /** A run of this driver has succeeded. */
  default void runSucceeded(String runId) {}

  /** A run of this driver has failed; this driver or another one may resume it. */
  default void runFailed(String runId) {}

  /** This driver stopped working on a run, because another driver has taken it over. */
  default void ownershipLost(String runId) {}

  /**
   * A run of this driver was audited.
   *
   * @param measure {@code accuracy}, {@code precision}, {@code recall} or {@code f1}
   * @param outcome {@code holds}, {@code undecided}, {@code violated} or {@code unbounded}
   * @param value the measure, 0 to 1
   */
  default void runAudited(String measure, String outcome, double value) {}
}
