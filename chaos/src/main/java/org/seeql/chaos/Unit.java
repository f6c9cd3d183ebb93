package org.seeql.chaos;

/** The unit in which a scenario is measured. */
public enum Unit {
  KILL(100, 1),
  IMAGE(50_000, 400),
  LARGE_FILE(200, 6),
  NAME(100, 1),
  MODEL(5_000, 20);

  private final int ofLongRun;
  private final int ofTrial;

  Unit(int ofLongRun, int ofTrial) {
    this.ofLongRun = ofLongRun;
    this.ofTrial = ofTrial;
  }

  int ofLongRun() {
    return ofLongRun;
  }

  /** The maximum number of disturbances per trial if the time is limited. */
  int ofTrial() {
    return ofTrial;
  }
}
