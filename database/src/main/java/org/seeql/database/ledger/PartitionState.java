package org.seeql.database.ledger;

import java.util.Locale;
import org.seeql.database.RefusalException;
import org.seeql.database.StoredWord;

/** The state of a partition, as stored in {@code run_partitions.state}. */
public enum PartitionState {
  PENDING,
  COMMITTED;

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
  public static PartitionState of(String runId, String word) {
    return StoredWord.ofRun(
        runId, "state of a partition", word, value -> valueOf(value.toUpperCase(Locale.ROOT)));
  }
}
