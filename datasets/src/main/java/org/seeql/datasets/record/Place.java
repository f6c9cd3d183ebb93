package org.seeql.datasets.record;

import static java.util.Objects.requireNonNull;

/**
 * A position in a file.
 *
 * @param line from 1; 0 if unknown
 * @param column from 1; 0 if unknown
 */
public record Place(String file, long line, long column) {
  public Place {
    requireNonNull(file, "file is null");
  }

  /** A whole file. */
  public static Place of(String file) {
    return new Place(file, 0, 0);
  }

  /** In the format of compilers: {@code val.json:12:5}. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
