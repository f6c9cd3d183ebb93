package org.seeql.job;

/** What a resumed run may do to a table that another run has written since. */
public enum ResumeMode {
  /** It leaves the table as it is: the run is not resumed. */
  KEEP_NEWER_RESULT,

  /** It replaces the table with its own, older, result. */
  REPLACE_NEWER_RESULT
}
