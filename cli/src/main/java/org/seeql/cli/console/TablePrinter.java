package org.seeql.cli.console;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * Prints a table for people. The first thousand rows determine the column widths, which are limited
 * by the terminal's width: long texts are cut, and numbers never. If the columns still do not fit,
 * each value has a line of its own. Numbers are right-aligned, and floating-point numbers rounded.
 */
public final class TablePrinter implements RowPrinter {
  private static final int ROWS_MEASURED = 1_000;
  private static final int NARROWEST = 6;

  /** Longer binary values, such as pictures, are not for reading. A SHA-256 has 32 bytes. */
  private static final int MAX_BYTES = 64;

  private static final String GAP = " │ ";
  private static final int NARROWEST_VALUE = 20;

  private final Channel channel;
  private final PrintStream out;
  private final Layout layout;

  /** How rows are arranged. */
  public enum Layout {
    /** One line per row, or one line per value if the rows are too wide. Long texts are cut. */
    AUTOMATIC,
    /** One row after the other, with as many lines as long texts need. */
    WRAPPED,
    /** One line per value. */
    VERTICAL
  }

  TablePrinter(Channel channel) {
    this(channel, Layout.AUTOMATIC);
  }

  public TablePrinter(Channel channel, Layout layout) {
    this.channel = channel;
    this.out = channel.stream();
    this.layout = requireNonNull(layout, "layout is null");
  }

  @Override
  public long print(List<String> columns, Iterator<List<Object>> rows) {
    List<List<Object>> measured = new ArrayList<>();
    while (rows.hasNext() && measured.size() < ROWS_MEASURED) {
      measured.add(rows.next());
    }
    int[] widths = widths(columns, measured);
    boolean vertical = layout == Layout.VERTICAL || (!measured.isEmpty() && isTooWide(widths));
    if (!vertical) {
      printHeader(columns, widths);
    }
    long count = 0;
    for (List<Object> row : measured) {
      count++;
      out.print(vertical ? lines(columns, row, count) : line(row, widths));
    }
    while (rows.hasNext() && !out.checkError()) {
      count++;
      List<Object> row = rows.next();
      out.print(vertical ? lines(columns, row, count) : line(row, widths));
    }
    out.flush();
    return count;
  }

  private boolean isTooWide(int[] widths) {
    return channel.isTerminal() && Arrays.stream(widths).sum() > available(widths.length);
  }

  private int available(int columns) {
    return channel.width() - GAP.length() * (columns - 1) - 2;
  }

  private int[] widths(List<String> columns, List<List<Object>> rows) {
    int[] widths = columns.stream().mapToInt(c -> DisplayWidth.of(oneLine(c))).toArray();
    boolean[] numeric = new boolean[widths.length];
    for (List<Object> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(text(row.get(i))));
        numeric[i] |= row.get(i) instanceof Number;
      }
    }
    if (channel.isTerminal()) {
      fit(widths, numeric, available(widths.length));
    }
    return widths;
  }

  /** Shrinks the widest columns of text until all fit, or all have the minimum width. */
  private static void fit(int[] widths, boolean[] numeric, int available) {
    int total = Arrays.stream(widths).sum();
    while (total > available) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        if (!numeric[i] && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0 || widths[widest] <= NARROWEST) {
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

  /** A row. Only with the layout WRAPPED, it can have several lines. */
  private String line(List<Object> row, int[] widths) {
    List<List<String>> cells = new ArrayList<>();
    int height = 1;
    for (int i = 0; i < widths.length; i++) {
      cells.add(shown(row.get(i), widths[i]));
      height = Math.max(height, cells.get(i).size());
    }
    StringBuilder text = new StringBuilder();
    for (int part = 0; part < height; part++) {
      text.append(line(row, cells, widths, part)).append('\n');
    }
    return text.toString();
  }

  private String line(List<Object> row, List<List<String>> cells, int[] widths, int part) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      Object value = row.get(i);
      String shown = part < cells.get(i).size() ? cells.get(i).get(part) : "";
      String painted = value == null ? channel.paint(Style.DIM, shown) : shown;
      String padding = padding(shown, widths[i]);
      line.append(i == 0 ? " " : channel.paint(Style.DIM, GAP));
      line.append(value instanceof Number ? padding + painted : painted + padding);
    }
    return line.toString().stripTrailing();
  }

  /**
   * The cell's text, cut to the width or broken into lines. Numbers are never cut, because a cut
   * number is a wrong one. A pipe has no width.
   */
  private List<String> shown(Object value, int width) {
    if (value instanceof Number || !channel.isTerminal()) {
      return List.of(text(value));
    }
    return layout == Layout.WRAPPED
        ? WrappedText.lines(text(value), Math.max(2, width))
        : List.of(DisplayWidth.cut(text(value), width));
  }

  /** A row with one line per value, or more lines for a text that is wider than the terminal. */
  private String lines(List<String> columns, List<Object> row, long number) {
    int labels = columns.stream().mapToInt(c -> DisplayWidth.of(oneLine(c))).max().orElse(0);
    StringBuilder text = new StringBuilder();
    String heading = String.format(Locale.ROOT, "── row %,d ──", number);
    text.append(channel.paint(Style.DIM, heading)).append('\n');
    for (int i = 0; i < columns.size(); i++) {
      String label = oneLine(columns.get(i));
      Object value = row.get(i);
      int room = Math.max(NARROWEST_VALUE, channel.width() - labels - GAP.length() - 2);
      List<String> parts =
          channel.isTerminal() ? WrappedText.lines(text(value), room) : List.of(text(value));
      for (int part = 0; part < parts.size(); part++) {
        String shownLabel = part == 0 ? label : "";
        text.append(' ')
            .append(channel.paint(Style.BOLD, shownLabel))
            .append(padding(shownLabel, labels))
            .append(channel.paint(Style.DIM, GAP))
            .append(value == null ? channel.paint(Style.DIM, parts.get(part)) : parts.get(part))
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes && bytes.length > MAX_BYTES) {
      return String.format(Locale.ROOT, "(%,d bytes)", bytes.length);
    }
    if (value instanceof Number && !(value instanceof BigDecimal)) {
      return ReadableNumber.of(CellText.of(value));
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
