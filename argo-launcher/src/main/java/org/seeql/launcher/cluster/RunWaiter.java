package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits for the end of runs. It polls, so that no connection has to last as long as a run. */
public final class RunWaiter {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** How long the cluster may be unreachable before the wait is aborted. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Cluster cluster;
  private final Duration pause;

  public RunWaiter(Cluster cluster) {
    this(cluster, PAUSE);
  }

  RunWaiter(Cluster cluster, Duration pause) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.pause = requireNonNull(pause, "pause is null");
  }

  /**
   * Waits for the end of a run and returns its status.
   *
   * @param timeout the maximum wait; if empty, unlimited
   * @param seen receives each polled status, including the last
   * @throws ClusterException if the run does not exist
   * @throws ClusterFailedException if it has not ended in time, or the cluster is unreachable
   */
  public RunStatus await(String run, Optional<Duration> timeout, Consumer<RunStatus> seen) {
    RunReader reader = new RunReader(cluster);
    long started = System.nanoTime();
    long lastAnswer = started;
    while (true) {
      try {
        RunStatus status = reader.status(run);
        lastAnswer = System.nanoTime();
        seen.accept(status);
        if (status.summary().hasEnded()) {
          return status;
        }
        if (timeout.filter(limit -> isOver(limit, started)).isPresent()) {
          throw new ClusterFailedException(
              "Run %s has not ended after %s: it is %s and continues"
                  .formatted(run, text(timeout.get()), status.summary().phase()));
        }
      } catch (ClusterFailedException e) {
        if (e.getCause() == null || isOver(PATIENCE, lastAnswer)) {
          throw e;
        }
      }
      sleep(pause);
    }
  }

  private static boolean isOver(Duration limit, long since) {
    return System.nanoTime() - since >= limit.toNanos();
  }

  static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterFailedException("Interrupted while waiting for the cluster", e);
    }
  }

  private static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
