package org.seeql.database.ledger;

import java.util.Locale;
import org.seeql.database.RefusalException;
import org.seeql.database.StoredWord;

/** The state of a run, as stored in {@code runs.state}. */
public enum RunState {
  RUNNING,
  SUCCEEDED,
  FAILED;

  /** The value in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value as SQL. */
  String literal() {
    return "'" + word() + "'";
  }

  /**
   * The state with this value in the database.
   *
   * @param runId the run, for the message
   * @throws RefusalException if this version has no such state
   */
  public static RunState of(String runId, String word) {
    return StoredWord.ofRun(runId, "state", word, value -> valueOf(value.toUpperCase(Locale.ROOT)));
  }
}
