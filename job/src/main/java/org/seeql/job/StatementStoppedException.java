package org.seeql.job;

/** A statement that {@link SeeqlSession#stop} has stopped. Its message says what is left of it. */
public final class StatementStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StatementStoppedException(String message, Throwable cause) {
    super(message, cause);
  }
}
