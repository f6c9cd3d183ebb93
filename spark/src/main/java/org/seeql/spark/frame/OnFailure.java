package org.seeql.spark.frame;

/** How to treat the row of an image that cannot be read or decoded. */
public enum OnFailure {
  /** Keeps the row, without a prediction and with the reason in the column {@code error}. */
  KEEP,
  /** Drops the row. */
  DROP,
  /** Fails the query with the reason. */
  FAIL
}
