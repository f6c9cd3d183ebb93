package org.seeql.chaos.kill;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.seeql.chaos.Count;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.SeeqlProcess.Outcome;
import org.seeql.chaos.Tally;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * A run that appends loses its connections or its server. A run with only_new then starts on the
 * same target. It must not infer the images that the first run is still inferring.
 */
final class OnlyNewDuringAppend extends KillScenario {
  private static final Duration LEASE_MARGIN = Duration.ofMinutes(2);

  OnlyNewDuringAppend(DetectionStatement detection) {
    super("only-new-during-append", detection);
  }

  @Override
  public void trial(Random random, int number, int max, Tally tally) throws Exception {
    Ending ending = new Ending(detection(), tally);
    DisturbedRun append = detection().run("appending-" + number, Mode.APPEND).slow();
    SeeqlProcess first = detection().start(append);
    Moment.awaitCommitted(detection(), append, first, 1);
    if (!first.isAlive()) {
      return;
    }
    disturb(random);
    tally.add(Count.DISTURBANCES, 1);
    DisturbedRun onlyNew =
        detection().run("only-new-" + number, Mode.ONLY_NEW).into(append.table());
    SeeqlProcess second = detection().start(onlyNew);
    Optional<Outcome> ofSecond = ending.await(onlyNew, second);
    Optional<Outcome> ofFirst = ending.await(append, first);
    if (ofSecond.filter(Outcome::isSuccess).isEmpty()) {
      Outcome later = ending.attempt(onlyNew, detection().place().lease().plus(LEASE_MARGIN));
      if (!later.isSuccess()) {
        tally.addDefect(Count.NOT_RESUMABLE, 1, "run " + onlyNew.id() + ", " + later.summary());
        return;
      }
    }
    boolean exact = compare(ending, append);
    if (ofFirst.filter(Outcome::isSuccess).isEmpty()) {
      // the first run may be resumed or refused, but it must not repeat the inference of the second
      ending.attempt(append, Duration.ZERO);
      exact &= compare(ending, append);
    }
    if (exact) {
      ending.clean(append);
    }
  }

  private void disturb(Random random) throws Exception {
    if (random.nextBoolean()) {
      ConnectionKill.killIdle(detection().place(), random);
    } else {
      detection().place().server().kill();
      detection().place().server().start();
    }
  }

  private boolean compare(Ending ending, DisturbedRun run) throws Exception {
    try (DatabaseSession session = detection().place().session()) {
      return ending.compare(run, DetectionRows.of(session, run.table()), detection().expected());
    }
  }
}
