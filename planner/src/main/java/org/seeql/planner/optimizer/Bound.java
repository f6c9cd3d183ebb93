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

  /** Whether it is about being right, not about the cost. */
  public boolean isOfQuality() {
    return this != MAX_COST_MS;
  }
}
