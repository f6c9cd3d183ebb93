package org.seeql.udf.model;

/** A batch for which the device's memory does not suffice; a smaller one may pass. */
public final class DeviceMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DeviceMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
