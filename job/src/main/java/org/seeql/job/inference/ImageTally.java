package org.seeql.job.inference;

import java.io.Serializable;

/**
 * Receives the counts of a task's images, once, when the task ends. Serialized to the executors.
 */
@FunctionalInterface
public interface ImageTally extends Serializable {
  /**
   * Adds the counts of a task.
   *
   * @param images images that were answered
   * @param failed number of them that failed
   * @param rows rows that the images produced
   * @param firstFailure path and reason of the first failed image; empty if none failed
   */
  void add(long images, long failed, long rows, String firstFailure);
}
