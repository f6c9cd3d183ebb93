package org.seeql.launcher.cluster;

/** A cluster that does not answer or fails internally. Changing the input does not help. */
public final class ClusterFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClusterFailedException(String message) {
    super(message);
  }

  public ClusterFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
