package org.seeql.launcher.cluster;

/** The outcome of creating or changing a schedule. */
public enum Scheduling {
  /** The schedule did not exist and was created. */
  CREATED,
  /** The schedule existed with another program or other options and was changed. */
  UPDATED,
  /** The schedule existed with the same content. Nothing was changed. */
  UNCHANGED
}
