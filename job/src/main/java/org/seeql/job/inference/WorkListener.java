package org.seeql.job.inference;

import org.seeql.udf.batch.PipelineListener;

/**
 * Hears what the tasks and runs of this JVM do: those of an executor, of a driver, or of both. Like
 * every {@link PipelineListener} it must be thread-safe, quick, and throw nothing.
 */
public interface WorkListener extends PipelineListener {
  /** Hears nothing. */
  WorkListener NONE = new WorkListener() {};

  /**
   * A task has committed its partition.
   *
   * @param images of it, the failed ones included
   * @param rows of the result
   * @param nanos that the commit took, the last rows' insertion included
   */
  default void partitionCommitted(long images, long rows, long nanos) {}

  /**
   * How far inference of a run is, as its driver sees it; about five times a second, and at its
   * end.
   *
   * @param selected images of the run
   * @param done images that are through, the failed ones included
   * @param failed images among them that could not be read or decoded
   */
  default void runProgressed(String runId, long selected, long done, long failed) {}

  /** A run of this driver has come to its end. */
  default void runSucceeded(String runId) {}

  /** A run of this driver has failed; it may be resumed, by this driver or another. */
  default void runFailed(String runId) {}
}
