package org.seeql.udf.batch;

/** A model's output for an image contains no answer. Other images are not affected. */
final class UnusableOutputException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableOutputException(String message) {
    super(message);
  }
}
