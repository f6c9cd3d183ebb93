package org.seeql.chaos.kill;

import java.util.Random;
import org.seeql.chaos.Count;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.Tally;

/** Kills the database server with SIGKILL during a run, and restarts it a moment later. */
final class ServerKill extends KillScenario {
  private static final int MAX_PER_TRIAL = 2;
  private static final int LONGEST_PAUSE_MILLIS = 4_000;

  ServerKill(DetectionStatement detection) {
    super("server", detection);
  }

  @Override
  public void trial(Random random, int number, int max, Tally tally) throws Exception {
    Ending ending = new Ending(detection(), tally);
    Mode mode = Mode.random(random);
    DisturbedRun run = detection().run("server-" + number, mode);
    int kills = 1 + random.nextInt(Math.min(MAX_PER_TRIAL, max));
    for (int i = 0; i < kills; i++) {
      SeeqlProcess process = detection().start(run);
      if (Moment.random(random).await(detection(), run, process, random)) {
        detection().place().server().kill();
        tally.add(Count.DISTURBANCES, 1);
        Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        detection().place().server().start();
      }
      ending.await(run, process);
    }
    if (ending.finish(run)) {
      ending.compareAndClean(run);
    }
  }
}
