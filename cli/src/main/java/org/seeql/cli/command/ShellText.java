package org.seeql.cli.command;

/** Formats text for pasting into a shell. */
final class ShellText {
  private ShellText() {}

  /** One word of a command, quoted if necessary. */
  static String word(String text) {
    return text.matches("[A-Za-z0-9_./:=@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
