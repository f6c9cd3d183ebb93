package org.seeql.chaos.kill;

import java.util.Random;
import org.seeql.chaos.Count;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.Tally;

/**
 * Kills the driver with SIGKILL: at any time, during publication, and again while the run is
 * resumed.
 */
final class DriverKill extends KillScenario {
  private static final int MAX_PER_TRIAL = 3;

  DriverKill(DetectionStatement detection) {
    super("driver", detection);
  }

  @Override
  public void trial(Random random, int number, int max, Tally tally) throws Exception {
    Ending ending = new Ending(detection(), tally);
    Mode mode = Mode.random(random);
    DisturbedRun run = detection().run("driver-" + number, mode);
    int kills = 1 + random.nextInt(Math.min(MAX_PER_TRIAL, max));
    for (int i = 0; i < kills; i++) {
      SeeqlProcess process = detection().start(run);
      if (Moment.random(random).await(detection(), run, process, random)) {
        process.kill();
        tally.add(Count.DISTURBANCES, 1);
      }
    }
    if (ending.finish(run)) {
      ending.compareAndClean(run);
    }
  }
}
