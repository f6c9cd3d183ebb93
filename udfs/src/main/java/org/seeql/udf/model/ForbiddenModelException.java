package org.seeql.udf.model;

/** A model's file that uses what models may not use, or that cannot be checked for it. */
final class ForbiddenModelException extends Exception {
  private static final long serialVersionUID = 1;

  ForbiddenModelException(String message) {
    super(message);
  }

  ForbiddenModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
