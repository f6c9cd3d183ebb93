package org.seeql.cli.console;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines that fit a width. */
final class WrappedText {
  private WrappedText() {}

  /**
   * The lines of a text, broken after spaces where possible.
   *
   * @param width the largest display width of a line, at least 2
   */
  static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (DisplayWidth.of(rest) > width) {
      int end = end(rest, width);
      int space = rest.lastIndexOf(' ', end);
      int cut = space > 0 ? space : end;
      lines.add(rest.substring(0, cut).stripTrailing());
      rest = rest.substring(cut).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  /** The offset after the last character that fits. */
  private static int end(String text, int width) {
    int end = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      if (end > 0 && DisplayWidth.of(text.substring(0, next)) > width) {
        return end;
      }
      end = next;
    }
    return end;
  }
}
