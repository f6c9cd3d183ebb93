package org.seeql.chaos.kill;

import java.util.List;
import org.seeql.chaos.Scenario;
import org.seeql.chaos.Workplace;

/** All scenarios in which something is killed, cut or started twice. */
public final class Kills {
  private Kills() {}

  /** Runs the statement undisturbed first, which takes half a minute. */
  public static List<Scenario> prepare(Workplace place) throws Exception {
    Detection detection = Detection.prepare(place);
    return List.of(
        new DriverKill(detection),
        ExecutorKill.prepare(detection),
        new ServerKill(detection),
        new ConnectionKill(detection),
        new SuspendedDriver(detection),
        new TwoDrivers(detection),
        new OnlyNewBesideAppend(detection),
        new OverwriteBesideAppend(detection));
  }
}
