package org.seeql.cli.command;

/** Text for people to paste into a shell. */
final class ShellText {
  private ShellText() {}

  /** One word of a command, in quotes where it needs them. */
  static String word(String text) {
    return text.matches("[A-Za-z0-9_./:=@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
