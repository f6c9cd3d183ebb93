package org.seeql.planner.plan;

/** The device on which a model runs. */
public enum DeviceChoice {
  CPU,
  GPU,
  /** The GPU if there is one, otherwise the CPU. */
  AUTO
}
