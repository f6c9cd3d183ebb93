package org.seeql.launcher.cluster;

/** A request that the cluster refuses: an error in the user's input or permissions. */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClusterException(String message) {
    super(message);
  }

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
