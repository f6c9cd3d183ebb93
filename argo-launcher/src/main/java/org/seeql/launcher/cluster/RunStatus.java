package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The status of a run and its statements.
 *
 * @param message Argo's message about the workflow
 * @param isStopped whether the run was cancelled
 * @param tasks in program order
 */
public record RunStatus(
    WorkflowSummary summary, String message, boolean isStopped, List<TaskStatus> tasks) {
  public RunStatus {
    requireNonNull(summary, "summary is null");
    requireNonNull(message, "message is null");
    tasks = List.copyOf(tasks);
  }
}
