package org.seeql.planner.optimizer;

import java.util.Locale;

/** What "best" means where quality is maximised. */
public enum Measure {
  ACCURACY,
  F1;

  /** As it is written in options and plans. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
