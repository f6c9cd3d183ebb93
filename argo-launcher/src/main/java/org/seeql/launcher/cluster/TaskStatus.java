package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A statement of a run.
 *
 * @param statement its number, from 1
 * @param words the statement on one line, without strings and comments; empty where the program is
 *     gone
 * @param phase of its task: Pending, Running, Succeeded, Failed, Error, Skipped or Omitted
 * @param spark the state of its SparkApplication, in its operator's words
 * @param executors of Spark that run now
 * @param message why it is as it is; empty if nothing is wrong
 * @param waiting why a pod of it does not begin
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
   * What keeps a pod from beginning.
   *
   * @param reason in Kubernetes' words, such as {@code ErrImagePull} or {@code Unschedulable}
   * @param message for people; may be empty
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
