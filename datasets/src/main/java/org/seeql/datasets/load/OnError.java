package org.seeql.datasets.load;

/** What becomes of an import that meets bad data. */
public enum OnError {
  /** Nothing is imported. */
  FAIL,
  /** Bad records are left out. */
  SKIP
}
