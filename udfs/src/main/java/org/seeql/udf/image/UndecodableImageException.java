package org.seeql.udf.image;

/** A file cannot be decoded as an image; the message states the reason for people. */
public final class UndecodableImageException extends Exception {
  private static final long serialVersionUID = 1;

  public UndecodableImageException(String message) {
    super(message);
  }

  public UndecodableImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
