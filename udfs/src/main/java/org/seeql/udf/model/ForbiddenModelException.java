package org.seeql.udf.model;

/** A model file uses a forbidden feature, or cannot be checked for them. */
final class ForbiddenModelException extends Exception {
  private static final long serialVersionUID = 1;

  ForbiddenModelException(String message) {
    super(message);
  }

  ForbiddenModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
