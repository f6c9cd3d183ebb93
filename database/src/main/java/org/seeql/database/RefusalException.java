package org.seeql.database;

/** Something that the user asked for and cannot have as it is: the user's to mend. */
public final class RefusalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusalException(String message) {
    super(message);
  }

  public RefusalException(String message, Throwable cause) {
    super(message, cause);
  }
}
