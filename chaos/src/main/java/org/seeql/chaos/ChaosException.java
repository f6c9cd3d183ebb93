package org.seeql.chaos;

/** The suite itself cannot work; says nothing about SeeQL. */
public final class ChaosException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ChaosException(String message) {
    super(message);
  }

  public ChaosException(String message, Throwable cause) {
    super(message, cause);
  }
}
