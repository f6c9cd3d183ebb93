package org.seeql.cli.command;

/** What the process says at its end. */
final class ExitCode {
  static final int DONE = 0;

  /** The user's to mend. */
  static final int REFUSED = 1;

  /** Ours to mend, or the cluster's. */
  static final int FAILED = 2;

  private ExitCode() {}
}
