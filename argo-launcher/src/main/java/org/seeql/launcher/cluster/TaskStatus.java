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
 */
public record TaskStatus(
    int statement,
    String words,
    String phase,
    Optional<String> spark,
    long executors,
    Optional<Instant> started,
    Optional<Instant> finished,
    String message) {
  public TaskStatus {
    requireNonNull(words, "words is null");
    requireNonNull(phase, "phase is null");
    requireNonNull(spark, "spark is null");
    requireNonNull(started, "started is null");
    requireNonNull(finished, "finished is null");
    requireNonNull(message, "message is null");
  }

  public boolean hasFailed() {
    return phase.equals("Failed") || phase.equals("Error");
  }

  public boolean hasSucceeded() {
    return RunObject.isSuccess(phase);
  }
}
