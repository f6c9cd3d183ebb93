package org.seeql.udf.image;

/** Bytes that do not give an image; the message is the reason in words for people. */
public final class UndecodableImageException extends Exception {
  private static final long serialVersionUID = 1;

  public UndecodableImageException(String message) {
    super(message);
  }

  public UndecodableImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
