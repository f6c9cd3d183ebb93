package org.seeql.job;

/**
 * Thrown if {@link SeeqlSession#stop} stopped a statement. The message describes what remains of
 * it.
 */
public final class StatementStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StatementStoppedException(String message, Throwable cause) {
    super(message, cause);
  }
}
