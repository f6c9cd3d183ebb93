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

/** Completes runs and compares their rows. */
final class Ending {
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);
  private static final Duration LEASE_MARGIN = Duration.ofMinutes(2);

  private final DetectionStatement detection;
  private final ResultTables tables;
  private final Tally tally;

  Ending(DetectionStatement detection, Tally tally) {
    this(detection, ResultTables.of(detection.place()), tally);
  }

  Ending(DetectionStatement detection, ResultTables tables, Tally tally) {
    this.detection = detection;
    this.tables = tables;
    this.tally = tally;
  }

  /** Waits for a command. Counts a crash, a hang, or an unsuccessful end. */
  Optional<Outcome> await(DisturbedRun run, SeeqlProcess process)
      throws IOException, InterruptedException {
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
   * Repeats the run until it succeeds. While it still belongs to a dead driver, it may be refused
   * until the lease expires.
   *
   * @return whether it succeeded
   */
  boolean finish(DisturbedRun run) throws IOException, InterruptedException {
    Outcome last = attempt(run, detection.place().lease().plus(LEASE_MARGIN));
    if (!last.isSuccess()) {
      tally.addDefect(Count.NOT_RESUMABLE, 1, "run " + run.id() + ", " + last.summary());
    }
    return last.isSuccess();
  }

  /** Repeats the run until it succeeds or the time is over. */
  Outcome attempt(DisturbedRun run, Duration timeout) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
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

  /** Compares the rows of a successful run, and drops its table if they are exact. */
  void compareAndClean(DisturbedRun run) throws SQLException {
    if (compare(run)) {
      clean(run);
    }
  }

  /**
   * Compares the rows of a successful run, and the earlier rows of its target.
   *
   * @return whether they are exact
   */
  boolean compare(DisturbedRun run) throws SQLException {
    DetectionRows expected = detection.expected();
    boolean exact = compare(run, tables.rows(run.table(), run.id()), expected);
    DetectionRows earlier = tables.rows(run.table(), "earlier");
    if (run.mode() == Mode.APPEND_MORE) {
      return compare(run, earlier, expected) && exact;
    }
    tally.addDefect(Count.DUPLICATED, earlier.size(), "replaced rows are still in " + run.table());
    return earlier.isEmpty() && exact;
  }

  /**
   * Compares rows with the expected rows of one run.
   *
   * @return whether they are exact
   */
  boolean compare(DisturbedRun run, DetectionRows found, DetectionRows expected) {
    long lost = found.missing(expected);
    long duplicated = found.surplus(expected);
    tally.addDefect(Count.LOST, lost, "run " + run.id());
    tally.addDefect(Count.DUPLICATED, duplicated, "run " + run.id());
    return lost == 0 && duplicated == 0;
  }

  /** Drops the table of a trial without a defect. */
  void clean(DisturbedRun run) throws SQLException {
    tables.drop(run.table());
  }
}
