package org.seeql.job.run;

/** Thrown if more images of a run failed than its limit allows. */
final class TooManyFailuresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyFailuresException(String message) {
    super(message);
  }
}
