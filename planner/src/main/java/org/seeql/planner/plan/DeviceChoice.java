package org.seeql.planner.plan;

/** Where a model runs. */
public enum DeviceChoice {
  CPU,
  GPU,
  /** On a GPU where there is one, else on the CPU. */
  AUTO
}
