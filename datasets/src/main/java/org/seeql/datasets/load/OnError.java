package org.seeql.datasets.load;

/** What an import does about bad data. */
public enum OnError {
  /** It imports nothing. */
  FAIL,
  /** It leaves out the bad records. */
  SKIP
}
