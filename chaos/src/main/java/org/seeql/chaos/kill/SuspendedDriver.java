package org.seeql.chaos.kill;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.seeql.chaos.Count;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.SeeqlProcess.Outcome;
import org.seeql.chaos.Tally;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * Suspends a driver with SIGSTOP for longer than its lease, while another driver takes over the
 * run. In half of the trials the driver holds the locks of a transaction. After SIGCONT, the first
 * driver must not commit any more.
 */
final class SuspendedDriver extends KillScenario {
  private static final Duration LEASE_MARGIN = Duration.ofMinutes(2);

  private static final long POLL_MILLIS = 15;

  SuspendedDriver(DetectionStatement detection) {
    super("suspended-driver", detection);
  }

  @Override
  public void trial(Random random, int number, int max, Tally tally) throws Exception {
    Ending ending = new Ending(detection(), tally);
    Mode mode = Mode.random(random);
    DisturbedRun run = detection().run("suspended-" + number, mode).slow();
    SeeqlProcess first = detection().start(run);
    if (!Moment.INFERENCE.await(detection(), run, first, random)) {
      return;
    }
    if (random.nextBoolean()) {
      suspendInTransaction(run, first);
    } else {
      first.suspend();
    }
    tally.add(Count.DISTURBANCES, 1);
    Outcome second;
    boolean exact = true;
    try {
      second = ending.attempt(run, detection().place().lease().plus(LEASE_MARGIN));
      if (second.isSuccess()) {
        exact = ending.compare(run);
      } else {
        tally.addDefect(Count.NOT_RESUMABLE, 1, "run " + run.id() + ", " + second.summary());
      }
    } finally {
      first.wake();
    }
    Optional<Outcome> late = ending.await(run, first);
    exact &= (second.isSuccess() || ending.finish(run)) && ending.compare(run);
    if (second.isSuccess() && late.isPresent() && late.get().isSuccess()) {
      tally.addDefect(
          Count.FALSE_SUCCESS, 1, "run " + run.id() + ": both drivers report a success");
      exact = false;
    }
    if (exact) {
      ending.clean(run);
    }
  }

  /** Suspends a driver after its task has marked a partition, and before it commits the mark. */
  private void suspendInTransaction(DisturbedRun run, SeeqlProcess process) throws Exception {
    try (DatabaseSession session = detection().place().session()) {
      session.begin();
      session.query(
          "SELECT partition_id FROM seeql.run_partitions WHERE run_id = ? AND state <> 'committed'"
              + " FOR UPDATE",
          row -> row.getInt(1),
          run.id());
      while (process.isAlive() && !waitsForMark(session)) {
        Thread.sleep(POLL_MILLIS);
      }
      process.suspend();
      session.rollBack(); // the server executes the UPDATE
    }
  }

  private static boolean waitsForMark(DatabaseSession session) throws SQLException {
    return session
        .findFirst(
            "SELECT 1 FROM information_schema.processlist"
                + " WHERE info LIKE 'UPDATE%run_partitions%SET state%'",
            row -> true)
        .isPresent();
  }
}
