package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A run and its statements.
 *
 * @param message Argo's, of the whole
 * @param isStopped whether somebody has cancelled it
 * @param tasks in the order of the program
 */
public record RunStatus(
    RunSummary summary, String message, boolean isStopped, List<TaskStatus> tasks) {
  public RunStatus {
    requireNonNull(summary, "summary is null");
    requireNonNull(message, "message is null");
    tasks = List.copyOf(tasks);
  }
}
