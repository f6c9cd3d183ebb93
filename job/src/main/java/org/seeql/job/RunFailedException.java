package org.seeql.job;

import static java.util.Objects.requireNonNull;

/** A run that began and did not get to its end. What is committed stays: the run can go on. */
public final class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String runId;

  public RunFailedException(String runId, String message, Throwable cause) {
    super(message, cause);
    this.runId = requireNonNull(runId, "runId is null");
  }

  /** What to resume. */
  public String runId() {
    return runId;
  }
}
