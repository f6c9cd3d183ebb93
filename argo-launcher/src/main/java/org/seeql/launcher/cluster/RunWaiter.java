package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits for the end of runs. Asks again and again: no connection has to last as long as a run. */
public final class RunWaiter {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** How long the cluster may give no answer before waiting for it is given up. */
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
   * The status of a run at its end.
   *
   * @param timeout how long to wait at most; empty: as long as it takes
   * @param seen told of every look at it, the last included
   * @throws ClusterException if there is no such run
   * @throws ClusterFailedException if it has not ended in time, or the cluster is gone
   */
  public RunStatus await(String run, Optional<Duration> timeout, Consumer<RunStatus> seen) {
    RunReader reader = new RunReader(cluster);
    long begun = System.nanoTime();
    long lastAnswer = begun;
    while (true) {
      try {
        RunStatus status = reader.status(run);
        lastAnswer = System.nanoTime();
        seen.accept(status);
        if (status.summary().hasEnded()) {
          return status;
        }
        if (timeout.filter(limit -> isOver(limit, begun)).isPresent()) {
          throw new ClusterFailedException(
              "Run %s has not ended after %s: it is %s and goes on"
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
