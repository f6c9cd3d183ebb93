package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * Which logs of a run are wanted.
 *
 * @param statement only this one's; empty: those of all, in the order of the program
 */
public record LogRequest(String run, OptionalInt statement, Part part, Extent extent) {

  /** Whose logs. */
  public enum Part {
    /** What executes a statement: Spark's driver, or the step itself. */
    DRIVER,
    /** The executors' too. */
    ALL
  }

  /** How much of them. */
  public enum Extent {
    /** What is there. */
    PRESENT,
    /** What comes, too, until the end. */
    FOLLOW
  }

  public LogRequest {
    requireNonNull(run, "run is null");
    requireNonNull(statement, "statement is null");
    requireNonNull(part, "part is null");
    requireNonNull(extent, "extent is null");
  }

  boolean wants(int number) {
    return statement.isEmpty() || statement.getAsInt() == number;
  }
}
