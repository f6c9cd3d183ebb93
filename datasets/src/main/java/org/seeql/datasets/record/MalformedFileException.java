package org.seeql.datasets.record;

import java.io.IOException;

/** A file is malformed and cannot be read to the end. */
public final class MalformedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public MalformedFileException(Problem problem, Throwable cause) {
    super(problem.toString(), cause);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
