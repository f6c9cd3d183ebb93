package org.seeql.udf;

/** A model that cannot be used as asked, in words for the person who asked. */
public final class InferenceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InferenceException(String message) {
    super(message);
  }

  public InferenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
