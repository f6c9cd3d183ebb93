package org.seeql.database;

/** SeeQL cannot fulfill a request because of an error in the user's input. */
public final class RefusalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusalException(String message) {
    super(message);
  }

  public RefusalException(String message, Throwable cause) {
    super(message, cause);
  }
}
