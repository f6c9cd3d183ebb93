package org.seeql.chaos.kill;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.seeql.chaos.Count;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.SeeqlProcess.Outcome;
import org.seeql.chaos.Tally;
import org.seeql.chaos.Workplace;
import org.seeql.database.jdbc.DatabaseSession;

/** Brings runs to their end and compares their rows. */
final class Ending {
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);
  private static final Duration BEYOND_LEASE = Duration.ofMinutes(2);

  private final Detection detection;
  private final Tally tally;

  Ending(Detection detection, Tally tally) {
    this.detection = detection;
    this.tally = tally;
  }

  /** Waits for a command; counts a crash, a hang, and an end that is not a success. */
  Optional<Outcome> await(Run run, SeeqlProcess process) throws IOException, InterruptedException {
    Optional<Outcome> outcome = process.await(Workplace.HANG);
    if (outcome.isEmpty()) {
      tally.addDefect(Count.HANGS, 1, "run " + run.id());
    } else if (outcome.get().isCrash()) {
      tally.addDefect(Count.CRASHES, 1, "run " + run.id() + ", " + outcome.get().summary());
    } else if (!outcome.get().isSuccess()) {
      tally.add(Count.REFUSED, 1);
    }
    return outcome;
  }

  /**
   * Asks for the run until it succeeds: while it belongs to a driver that is gone, it may be
   * refused for as long as the lease lasts.
   *
   * @return whether it succeeded
   */
  boolean finish(Run run) throws IOException, InterruptedException {
    Outcome last = attempt(run, detection.place().lease().plus(BEYOND_LEASE));
    if (!last.isSuccess()) {
      tally.addDefect(Count.NOT_RESUMABLE, 1, "run " + run.id() + ", " + last.summary());
    }
    return last.isSuccess();
  }

  /** Asks for the run until it succeeds or the time is over. */
  Outcome attempt(Run run, Duration patience) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<Outcome> outcome = await(run, detection.start(run));
      if (outcome.isEmpty()) {
        return new Outcome(-1, "hangs");
      }
      if (outcome.get().isSuccess() || System.nanoTime() > deadline) {
        return outcome.get();
      }
      Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
    }
  }

  /** Compares the rows of a run that succeeded, and those that were in its target before. */
  void compare(Run run) throws SQLException {
    try (DatabaseSession session = detection.place().session()) {
      DetectionRows expected = detection.expected();
      compare(run, DetectionRows.of(session, run.table(), run.id()), expected);
      DetectionRows earlier = DetectionRows.of(session, run.table(), "earlier");
      if (run.mode() == Mode.APPEND_MORE) {
        compare(run, earlier, expected);
      } else if (!earlier.isEmpty()) {
        tally.addDefect(Count.DOUBLED, earlier.size(), "replaced rows are still in " + run.table());
      }
    }
  }

  /** Compares rows with those of one run. */
  void compare(Run run, DetectionRows found, DetectionRows expected) {
    tally.addDefect(Count.LOST, found.lacking(expected), "run " + run.id());
    tally.addDefect(Count.DOUBLED, found.beyond(expected), "run " + run.id());
  }

  /** Forgets the table of a trial in which nothing was wrong. */
  void clean(Run run) throws SQLException {
    detection.place().execute("DROP TABLE IF EXISTS " + run.table());
  }
}
