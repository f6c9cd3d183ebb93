package org.seeql.database.ledger;

import java.util.Locale;

/** The state of a partition, as stored in {@code run_partitions.state}. */
public enum PartitionState {
  PENDING,
  COMMITTED;

  /** The value in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state with this value in the database. */
  public static PartitionState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
