package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

/**
 * A schedule that runs a program repeatedly.
 *
 * @param name of the schedule; the names of its runs append the time in seconds
 */
public record Schedule(String name, CronTimes times, Concurrency concurrency) {
  // a run id has 32 characters: the name, the time that Argo appends, and the statement's number
  private static final int LONGEST_ID = 32;
  private static final int TIME_LENGTH = "-1795485600".length();

  public Schedule {
    requireNonNull(times, "times is null");
    requireNonNull(concurrency, "concurrency is null");
    KubernetesNames.requireLabel("--name", name);
  }

  /** The maximum length of a schedule's name for a program with this number of statements. */
  static int longestName(int statements) {
    return LONGEST_ID - TIME_LENGTH - ("-" + statements).length();
  }
}
