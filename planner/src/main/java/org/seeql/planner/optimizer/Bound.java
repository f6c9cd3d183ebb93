package org.seeql.planner.optimizer;

import java.util.Locale;

/** A limit that a plan must satisfy, in the order in which refusals list them. */
public enum Bound {
  MIN_ACCURACY,
  MIN_PRECISION,
  MIN_RECALL,
  MIN_F1,
  MAX_COST_MS;

  /** The keyword in options and plans. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The measure that it limits, as plans spell it: {@code accuracy}, {@code expected_cost_ms}. */
  public String measureWord() {
    return isOfQuality() ? word().substring("min_".length()) : "expected_cost_ms";
  }

  /** Whether it limits quality, not cost. */
  public boolean isOfQuality() {
    return this != MAX_COST_MS;
  }
}
