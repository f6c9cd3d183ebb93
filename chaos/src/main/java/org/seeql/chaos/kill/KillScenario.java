package org.seeql.chaos.kill;

import static java.util.Objects.requireNonNull;

import org.seeql.chaos.Scenario;
import org.seeql.chaos.Unit;

/** A scenario that disturbs runs of the same statement, and is measured in kills. */
abstract class KillScenario implements Scenario {
  private final String name;
  private final DetectionStatement detection;

  /**
   * @param name on the command line
   * @param detection the statement that is disturbed
   */
  KillScenario(String name, DetectionStatement detection) {
    this.name = requireNonNull(name, "name is null");
    this.detection = requireNonNull(detection, "detection is null");
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Unit unit() {
    return Unit.KILL;
  }

  final DetectionStatement detection() {
    return detection;
  }
}
