package org.seeql.cli.command;

/** The exit codes of the process. */
final class ExitCode {
  static final int DONE = 0;

  /** An error in the user's input. */
  static final int REFUSED = 1;

  /** An internal failure, or a failure of the cluster or the database. */
  static final int FAILED = 2;

  private ExitCode() {}
}
