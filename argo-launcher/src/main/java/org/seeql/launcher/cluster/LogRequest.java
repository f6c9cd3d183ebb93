package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * Selects logs of a run.
 *
 * @param statement the number of a statement; if empty, all statements in program order
 */
public record LogRequest(String run, OptionalInt statement, Part part, Extent extent) {

  /** The pods whose logs are selected. */
  public enum Part {
    /** The pod that executes a statement: Spark's driver, or the step itself. */
    DRIVER,
    /** Also the executors. */
    ALL
  }

  /** How far the logs are read. */
  public enum Extent {
    /** Only existing lines. */
    PRESENT,
    /** Existing and future lines, until the end of the run. */
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
