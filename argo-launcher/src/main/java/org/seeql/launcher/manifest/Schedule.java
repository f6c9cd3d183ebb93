package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

/**
 * When a program runs again and again.
 *
 * @param name of the schedule; its runs are called after it, with the time in seconds
 */
public record Schedule(String name, CronTimes times, Concurrency concurrency) {
  // of a run's id (32 letters), Argo appends the time to the name, and a run the statement
  private static final int LONGEST_ID = 32;
  private static final int LETTERS_OF_TIME = "-1795485600".length();

  public Schedule {
    requireNonNull(times, "times is null");
    requireNonNull(concurrency, "concurrency is null");
    KubernetesNames.requireLabel("--name", name);
  }

  /** The longest name that a schedule of a program of so many statements may have. */
  static int longestName(int statements) {
    return LONGEST_ID - LETTERS_OF_TIME - ("-" + statements).length();
  }
}
