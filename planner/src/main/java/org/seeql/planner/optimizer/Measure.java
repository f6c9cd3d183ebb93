package org.seeql.planner.optimizer;

import java.util.Locale;

/** The measure of quality to maximize. */
public enum Measure {
  ACCURACY,
  F1;

  /** The keyword in options and plans. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
