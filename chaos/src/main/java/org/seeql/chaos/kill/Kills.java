package org.seeql.chaos.kill;

import java.util.List;
import org.seeql.chaos.Scenario;
import org.seeql.chaos.Workplace;

/** The scenarios in which something is killed, disconnected or started twice. */
public final class Kills {
  private Kills() {}

  /** Runs the statement without disturbance first, which takes half a minute. */
  public static List<Scenario> prepare(Workplace place) throws Exception {
    DetectionStatement detection = DetectionStatement.prepare(place);
    return List.of(
        new DriverKill(detection),
        ExecutorKill.prepare(detection),
        new ServerKill(detection),
        new ConnectionKill(detection),
        new SuspendedDriver(detection),
        new TwoDrivers(detection),
        new OnlyNewDuringAppend(detection),
        new OverwriteDuringAppend(detection));
  }
}
