package org.seeql.job.inference;

import java.io.Serializable;

/** Is told what came of a task's images, once, when the task ends. Travels to the executors. */
@FunctionalInterface
public interface ImageTally extends Serializable {
  /**
   * Counts a task.
   *
   * @param images that were answered
   * @param failed of them
   * @param rows that came of them
   * @param firstFailure the path of the first of those and why it failed; empty where none did
   */
  void add(long images, long failed, long rows, String firstFailure);
}
