package org.seeql.launcher.manifest;

/** A program that cannot be submitted as it is: the user's to mend. */
public final class SubmissionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SubmissionException(String message) {
    super(message);
  }

  public SubmissionException(String message, Throwable cause) {
    super(message, cause);
  }
}
