package org.seeql.cli.console;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of GitHub Flavored Markdown. The first row decides which columns are right-aligned.
 * Characters that Markdown would interpret inside a cell are escaped.
 */
final class MarkdownPrinter implements RowPrinter {
  private final PrintStream out;
  private boolean first = true;

  MarkdownPrinter(Channel channel) {
    this.out = channel.stream();
  }

  @Override
  public long print(List<String> columns, Iterator<List<Object>> rows) {
    List<Object> row = rows.hasNext() ? rows.next() : null;
    out.print((first ? "" : "\n") + line(columns));
    first = false;
    List<Object> sample = row;
    out.print(
        IntStream.range(0, columns.size())
            .mapToObj(i -> sample != null && sample.get(i) instanceof Number ? "---:" : "---")
            .collect(Collectors.joining(" | ", "| ", " |\n")));
    long count = 0;
    while (row != null && !out.checkError()) {
      out.print(line(row));
      count++;
      row = rows.hasNext() ? rows.next() : null;
    }
    out.flush();
    return count;
  }

  private static String line(List<?> cells) {
    return cells.stream()
        .map(MarkdownPrinter::cell)
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String cell(Object value) {
    if (value == null) {
      return "NULL";
    }
    StringBuilder safe = new StringBuilder();
    for (char c : CellText.of(value).replace("\r\n", "\n").toCharArray()) {
      switch (c) {
        case '\n', '\r' -> safe.append("<br>");
        case '<' -> safe.append("&lt;");
        case '&' -> safe.append("&amp;");
        case '|', '\\', '`', '*', '_', '[', ']' -> safe.append('\\').append(c);
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }
}
