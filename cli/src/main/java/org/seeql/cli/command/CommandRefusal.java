package org.seeql.cli.command;

/** An invalid command line: an error in the user's input. */
final class CommandRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandRefusal(String message) {
    super(message);
  }

  CommandRefusal(String message, Throwable cause) {
    super(message, cause);
  }
}
