package org.seeql.planner.cascade;

import java.util.Locale;

/** What a rung of a ladder says about a class. */
public enum Verdict {
  NO,
  YES,
  /** The score is between the thresholds, so the next rung answers. */
  UNSURE;

  /**
   * The verdict with a keyword.
   *
   * @throws IllegalArgumentException for an unknown keyword
   */
  public static Verdict ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The keyword in plans. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
