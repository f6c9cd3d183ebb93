package org.seeql.datasets;

/** What an import does with rows whose file no longer exists. */
public enum VanishedFiles {
  /** The rows are not compared with the files. */
  IGNORE,
  /** The column {@code missing_since} is set, and cleared when the file is back. */
  MARK
}
