package org.seeql.cli.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * Prints a table for people. The first thousand rows determine the column widths, which are limited
 * by the terminal's width. Numbers are right-aligned.
 */
final class TablePrinter implements RowPrinter {
  private static final int ROWS_MEASURED = 1_000;
  private static final int NARROWEST = 6;

  /** Longer binary values, such as pictures, are not for reading. A SHA-256 has 32 bytes. */
  private static final int MAX_BYTES = 64;

  private static final String GAP = " │ ";

  private final Channel channel;
  private final PrintStream out;

  TablePrinter(Channel channel) {
    this.channel = channel;
    this.out = channel.stream();
  }

  @Override
  public long print(List<String> columns, Iterator<List<Object>> rows) {
    List<List<Object>> measured = new ArrayList<>();
    while (rows.hasNext() && measured.size() < ROWS_MEASURED) {
      measured.add(rows.next());
    }
    int[] widths = widths(columns, measured);
    printHeader(columns, widths);
    for (List<Object> row : measured) {
      out.print(line(row, widths));
    }
    long count = measured.size();
    while (rows.hasNext() && !out.checkError()) {
      out.print(line(rows.next(), widths));
      count++;
    }
    out.flush();
    return count;
  }

  private int[] widths(List<String> columns, List<List<Object>> rows) {
    int[] widths = columns.stream().mapToInt(c -> DisplayWidth.of(oneLine(c))).toArray();
    for (List<Object> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(text(row.get(i))));
      }
    }
    if (channel.isTerminal()) {
      int gaps = GAP.length() * (widths.length - 1) + 2;
      fit(widths, channel.width() - gaps);
    }
    return widths;
  }

  /** Shrinks the widest columns until all fit, or all have the minimum width. */
  private static void fit(int[] widths, int available) {
    int total = Arrays.stream(widths).sum();
    while (total > available) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        if (widths[i] > widths[widest]) {
          widest = i;
        }
      }
      if (widths[widest] <= NARROWEST) {
        return;
      }
      widths[widest]--;
      total--;
    }
  }

  private void printHeader(List<String> columns, int[] widths) {
    StringBuilder header = new StringBuilder();
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      header.append(i == 0 ? " " : channel.paint(Style.DIM, GAP));
      String label = DisplayWidth.cut(oneLine(columns.get(i)), widths[i]);
      header.append(channel.paint(Style.BOLD, label)).append(padding(label, widths[i]));
      rule.append(i == 0 ? "─" : "─┼─").append("─".repeat(widths[i]));
    }
    out.print(header.toString().stripTrailing() + "\n");
    out.print(channel.paint(Style.DIM, rule + "─") + "\n");
  }

  private String line(List<Object> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      Object value = row.get(i);
      String shown = shown(value, widths[i]);
      String painted = value == null ? channel.paint(Style.DIM, shown) : shown;
      String padding = padding(shown, widths[i]);
      line.append(i == 0 ? " " : channel.paint(Style.DIM, GAP));
      line.append(value instanceof Number ? padding + painted : painted + padding);
    }
    return line.toString().stripTrailing() + "\n";
  }

  /**
   * The cell's text, cut to the width. Numbers are never cut, because a cut number is a wrong one.
   * A pipe has no width.
   */
  private String shown(Object value, int width) {
    boolean whole = value instanceof Number || !channel.isTerminal();
    return whole ? text(value) : DisplayWidth.cut(text(value), width);
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes && bytes.length > MAX_BYTES) {
      return String.format(Locale.ROOT, "(%,d bytes)", bytes.length);
    }
    return value == null ? "NULL" : oneLine(CellText.of(value));
  }

  /**
   * Replaces characters that move the cursor. Untrusted values could otherwise break the table or
   * attack the terminal.
   */
  private static String oneLine(String text) {
    if (text.chars().noneMatch(UnsafeText::isUnsafe)) {
      return text;
    }
    StringBuilder line = new StringBuilder();
    text.replace("\r\n", "⏎")
        .replace('\n', '⏎')
        .chars()
        .forEach(c -> line.append(UnsafeText.isUnsafe(c) ? UnsafeText.REPLACEMENT : (char) c));
    return line.toString();
  }

  private static String padding(String text, int width) {
    return " ".repeat(Math.max(0, width - DisplayWidth.of(text)));
  }
}
