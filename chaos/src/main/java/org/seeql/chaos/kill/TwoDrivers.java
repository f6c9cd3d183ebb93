package org.seeql.chaos.kill;

import java.util.Optional;
import java.util.Random;
import org.seeql.chaos.Count;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.SeeqlProcess.Outcome;
import org.seeql.chaos.Tally;

/** Runs two drivers of the same run concurrently, and cuts idle connections. */
final class TwoDrivers extends KillScenario {
  private static final int LONGEST_PAUSE_MILLIS = 3_000;

  TwoDrivers(DetectionStatement detection) {
    super("two-drivers", detection);
  }

  @Override
  public void trial(Random random, int number, int max, Tally tally) throws Exception {
    Ending ending = new Ending(detection(), tally);
    Mode mode = Mode.random(random);
    DisturbedRun run = detection().run("two-" + number, mode).slow();
    SeeqlProcess first = detection().start(run);
    if (random.nextBoolean()) {
      // both start at about the same time
      Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
    } else {
      Moment.awaitCommitted(detection(), run, first, 1);
      ConnectionKill.killIdle(detection().place(), random);
    }
    SeeqlProcess second = detection().start(run);
    tally.add(Count.DISTURBANCES, 1);
    Optional<Outcome> ofFirst = ending.await(run, first);
    Optional<Outcome> ofSecond = ending.await(run, second);
    if (ofFirst.filter(Outcome::isSuccess).or(() -> ofSecond.filter(Outcome::isSuccess)).isPresent()
        || ending.finish(run)) {
      ending.compareAndClean(run);
    }
  }
}
