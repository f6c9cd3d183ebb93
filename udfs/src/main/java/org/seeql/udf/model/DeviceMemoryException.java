package org.seeql.udf.model;

/** The device's memory does not suffice for a batch; a smaller batch may succeed. */
public final class DeviceMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DeviceMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
