package org.seeql.planner.option;

/** The device on which a model runs. */
public enum DeviceChoice {
  CPU,
  GPU,
  /** The GPU if there is one, otherwise the CPU. */
  AUTO
}
