package org.seeql.job;

/** How a resumed run treats a target table that another run has written since. */
public enum ResumeMode {
  /** Keeps the table unchanged: the run is not resumed. */
  KEEP_NEWER_RESULT,

  /** Replaces the table with the older result of the resumed run. */
  REPLACE_NEWER_RESULT
}
