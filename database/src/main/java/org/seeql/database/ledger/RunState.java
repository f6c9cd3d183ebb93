package org.seeql.database.ledger;

import java.util.Locale;

/** The state of a run, as stored in {@code runs.state}. */
public enum RunState {
  RUNNING,
  SUCCEEDED,
  FAILED;

  /** The value in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state with this value in the database. */
  public static RunState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
