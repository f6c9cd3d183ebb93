package org.seeql.launcher.cluster;

/** What became of a schedule that was asked for. */
public enum Scheduling {
  /** There was none of its name. */
  CREATED,
  /** There was one with another program or other options, and it has these now. */
  UPDATED,
  /** It was there, just so. Nothing was changed. */
  UNCHANGED
}
