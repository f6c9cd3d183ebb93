package org.seeql.chaos.kill;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.database.jdbc.DatabaseSession;

/** The moment at which a run is disturbed. */
enum Moment {
  /** A random moment after the start of the process. */
  ANY,
  /** After the first partition has been committed, with a random delay. */
  INFERENCE,
  /** After the last partition has been committed, with a short random delay. */
  PUBLICATION;

  private static final List<Moment> ALL = List.of(values());
  private static final Duration POLL = Duration.ofMillis(15);
  private static final Duration PUBLICATION_DURATION = Duration.ofMillis(250);

  static Moment random(Random random) {
    return ALL.get(random.nextInt(ALL.size()));
  }

  /**
   * Waits for the moment.
   *
   * @return false if the process ended before
   */
  boolean await(DetectionStatement detection, DisturbedRun run, SeeqlProcess process, Random random)
      throws SQLException, InterruptedException {
    Duration usual = detection.duration();
    switch (this) {
      case ANY -> sleep(process, part(usual, random));
      case INFERENCE -> {
        awaitCommitted(detection, run, process, 1);
        sleep(process, part(usual.dividedBy(2), random));
      }
      case PUBLICATION -> {
        awaitCommitted(detection, run, process, DetectionStatement.PARTITIONS);
        sleep(process, part(PUBLICATION_DURATION, random));
      }
    }
    return process.isAlive();
  }

  private static Duration part(Duration whole, Random random) {
    return Duration.ofNanos((long) (whole.toNanos() * random.nextDouble()));
  }

  private static void sleep(SeeqlProcess process, Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      Thread.sleep(Math.min(POLL.toMillis(), Math.max(1, (end - System.nanoTime()) / 1_000_000)));
    }
  }

  /** Waits until this number of partitions has been committed, or the process has ended. */
  static void awaitCommitted(
      DetectionStatement detection, DisturbedRun run, SeeqlProcess process, int partitions)
      throws SQLException, InterruptedException {
    try (DatabaseSession session = detection.place().session()) {
      while (process.isAlive()) {
        long committed =
            session
                .findFirst(
                    "SELECT COUNT(*) FROM seeql.run_partitions WHERE run_id = ? AND state ="
                        + " 'committed'",
                    row -> row.getLong(1),
                    run.id())
                .orElseThrow();
        if (committed >= partitions) {
          return;
        }
        Thread.sleep(POLL.toMillis());
      }
    }
  }
}
