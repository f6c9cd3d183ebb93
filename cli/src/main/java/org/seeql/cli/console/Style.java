package org.seeql.cli.console;

/** A text style for terminals that show colours. */
public enum Style {
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34"),
  MAGENTA("35"),
  CYAN("36");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** Encloses the text in this style's ANSI escape sequence and the reset sequence, both marked. */
  String wrap(String text) {
    return text.isEmpty()
        ? text
        : OwnEscapes.of("\u001b[" + code + "m") + text + OwnEscapes.of("\u001b[0m");
  }
}
