package org.seeql.cli.command;

/** A command line that cannot be carried out as it is: the user's to change. */
final class CommandRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandRefusal(String message) {
    super(message);
  }

  CommandRefusal(String message, Throwable cause) {
    super(message, cause);
  }
}
