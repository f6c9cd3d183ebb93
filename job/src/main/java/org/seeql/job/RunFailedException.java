package org.seeql.job;

import static java.util.Objects.requireNonNull;

/**
 * Thrown if a run started and failed. Committed partitions are kept, and the run can be resumed.
 */
public final class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String runId;

  public RunFailedException(String runId, String message, Throwable cause) {
    super(message, cause);
    this.runId = requireNonNull(runId, "runId is null");
  }

  /** The id of the run to resume. */
  public String runId() {
    return runId;
  }
}
