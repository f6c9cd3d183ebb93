package org.seeql.chaos.kill;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Random;
import org.seeql.chaos.Count;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.SeeqlProcess.Outcome;
import org.seeql.chaos.Tally;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * A run that appends loses its connections or its server. A run that replaces the same table then
 * starts. Each run that reports success must have its rows, unless it was replaced afterwards.
 */
final class OverwriteDuringAppend extends KillScenario {
  OverwriteDuringAppend(DetectionStatement detection) {
    super("overwrite-during-append", detection);
  }

  @Override
  public void trial(Random random, int number, int max, Tally tally) throws Exception {
    Ending ending = new Ending(detection(), tally);
    DisturbedRun append = detection().run("added-" + number, Mode.APPEND_MORE).slow();
    SeeqlProcess first = detection().start(append);
    Moment.awaitCommitted(detection(), append, first, 1);
    if (!first.isAlive()) {
      return;
    }
    if (random.nextBoolean()) {
      ConnectionKill.killIdle(detection().place(), random);
    } else {
      detection().place().server().kill();
      detection().place().server().start();
    }
    tally.add(Count.DISTURBANCES, 1);
    DisturbedRun overwrite =
        detection().run("replacing-" + number, Mode.ERROR).replacing(append.table());
    SeeqlProcess second = detection().start(overwrite);
    Optional<Outcome> ofFirst = ending.await(append, first);
    Optional<Outcome> ofSecond = ending.await(overwrite, second);
    long defects =
        tally.of(Count.LOST) + tally.of(Count.DUPLICATED) + tally.of(Count.FALSE_SUCCESS);
    check(
        append,
        overwrite,
        ofFirst.filter(Outcome::isSuccess).isPresent(),
        ofSecond.filter(Outcome::isSuccess).isPresent(),
        tally);
    if (defects
        == tally.of(Count.LOST) + tally.of(Count.DUPLICATED) + tally.of(Count.FALSE_SUCCESS)) {
      ending.clean(append);
    }
  }

  private void check(
      DisturbedRun append, DisturbedRun overwrite, boolean appended, boolean replaced, Tally tally)
      throws SQLException {
    try (DatabaseSession session = detection().place().session()) {
      DetectionRows expected = detection().expected();
      DetectionRows ofAppend = DetectionRows.of(session, append.table(), append.id());
      DetectionRows ofOverwrite = DetectionRows.of(session, append.table(), overwrite.id());
      String names = "runs %s and %s".formatted(append.id(), overwrite.id());
      tally.addDefect(Count.DUPLICATED, ofAppend.surplus(expected), names);
      tally.addDefect(Count.DUPLICATED, ofOverwrite.surplus(expected), names);
      // a replacing run must show all of its rows or none
      if (replaced || !ofOverwrite.isEmpty()) {
        tally.addDefect(Count.LOST, ofOverwrite.missing(expected), "run " + overwrite.id());
      }
      boolean replacedLater = replaced && !finishedAfter(session, append, overwrite);
      if (appended && !(replacedLater && ofAppend.isEmpty())) {
        tally.addDefect(
            Count.FALSE_SUCCESS, ofAppend.missing(expected) > 0 ? 1 : 0, "run " + append.id());
        tally.addDefect(Count.LOST, ofAppend.missing(expected), "run " + append.id());
      }
      if (!replaced) {
        DetectionRows earlier = DetectionRows.of(session, append.table(), "earlier");
        tally.addDefect(Count.LOST, earlier.missing(expected), "earlier rows, " + names);
      }
    }
  }

  /** Whether the first of two successful runs finished after the second. */
  private static boolean finishedAfter(
      DatabaseSession session, DisturbedRun one, DisturbedRun other) throws SQLException {
    return session
        .findFirst(
            "SELECT (SELECT finished FROM seeql.runs WHERE run_id = ?) > (SELECT finished FROM"
                + " seeql.runs WHERE run_id = ?)",
            row -> row.getBoolean(1),
            one.id(),
            other.id())
        .orElse(false);
  }
}
