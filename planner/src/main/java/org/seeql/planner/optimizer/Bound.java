package org.seeql.planner.optimizer;

import java.util.Locale;

/** A limit that a plan has to keep, in the order in which refusals name them. */
public enum Bound {
  MIN_ACCURACY,
  MIN_PRECISION,
  MIN_RECALL,
  MIN_F1,
  MAX_COST_MS;

  /** As it is written in options and plans. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it limits, as it is written in plans: {@code accuracy}, {@code expected_cost_ms}. */
  String measureWord() {
    return isOfQuality() ? word().substring("min_".length()) : "expected_cost_ms";
  }

  /** Whether it is about being right, not about the cost. */
  public boolean isOfQuality() {
    return this != MAX_COST_MS;
  }
}
