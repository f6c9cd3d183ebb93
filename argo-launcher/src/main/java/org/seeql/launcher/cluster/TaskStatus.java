package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The status of a statement of a run.
 *
 * @param statement its number, from 1
 * @param words the statement on one line, without comments and string contents; empty if the
 *     program no longer exists
 * @param phase of its task: Pending, Running, Succeeded, Failed, Error, Skipped or Omitted
 * @param spark the state of its SparkApplication, as its operator reports it
 * @param executors the number of running Spark executors
 * @param message the reason of the state; empty if there is no problem
 * @param waiting why one of its pods does not start
 */
public record TaskStatus(
    int statement,
    String words,
    String phase,
    Optional<String> spark,
    long executors,
    Optional<Instant> started,
    Optional<Instant> finished,
    String message,
    Optional<Waiting> waiting) {

  /**
   * What prevents a pod from starting.
   *
   * @param reason Kubernetes' reason, such as {@code ErrImagePull} or {@code Unschedulable}
   * @param message a human-readable message; may be empty
   */
  public record Waiting(String pod, String reason, String message) {
    public Waiting {
      requireNonNull(pod, "pod is null");
      requireNonNull(reason, "reason is null");
      requireNonNull(message, "message is null");
    }

    @Override
    public String toString() {
      return "pod %s waits: %s%s".formatted(pod, reason, message.isEmpty() ? "" : ": " + message);
    }
  }

  public TaskStatus {
    requireNonNull(words, "words is null");
    requireNonNull(phase, "phase is null");
    requireNonNull(spark, "spark is null");
    requireNonNull(started, "started is null");
    requireNonNull(finished, "finished is null");
    requireNonNull(message, "message is null");
    requireNonNull(waiting, "waiting is null");
  }

  public boolean hasFailed() {
    return phase.equals("Failed") || phase.equals("Error");
  }

  public boolean hasSucceeded() {
    return RunObject.isSuccess(phase);
  }
}
