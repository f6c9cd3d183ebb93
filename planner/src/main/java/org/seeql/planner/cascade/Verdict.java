package org.seeql.planner.cascade;

import java.util.Locale;

/** What a rung of a ladder says about a class. */
public enum Verdict {
  NO,
  YES,
  /** The score is between the thresholds, so the next rung answers. */
  UNSURE;

  /** The keyword in plans. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
