package org.seeql.job.run;

/** More images of a run failed than it allows. */
final class TooManyFailuresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyFailuresException(String message) {
    super(message);
  }
}
