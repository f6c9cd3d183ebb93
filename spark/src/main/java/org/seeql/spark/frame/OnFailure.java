package org.seeql.spark.frame;

/** What becomes of the row of an image that cannot be read or decoded. */
public enum OnFailure {
  /** It stays, without a prediction and with the reason in the column {@code error}. */
  KEEP,
  /** It is left out. */
  DROP,
  /** The query fails with the reason. */
  FAIL
}
