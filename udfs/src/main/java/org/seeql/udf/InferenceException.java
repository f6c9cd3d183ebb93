package org.seeql.udf;

/** A model cannot be used as requested; the message is for the user. */
public final class InferenceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InferenceException(String message) {
    super(message);
  }

  public InferenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
