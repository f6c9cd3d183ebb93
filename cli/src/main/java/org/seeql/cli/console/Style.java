package org.seeql.cli.console;

/** How a piece of text looks in a terminal that shows colours. */
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

  /** The text between this style's ANSI escape sequence and the one that resets it, as marked. */
  String wrap(String text) {
    return text.isEmpty()
        ? text
        : OwnEscapes.of("\u001b[" + code + "m") + text + OwnEscapes.of("\u001b[0m");
  }
}
