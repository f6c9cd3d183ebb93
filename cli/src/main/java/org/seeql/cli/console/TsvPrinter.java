package org.seeql.cli.console;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Values separated by tabs, with a header, as {@code LOAD DATA} of MySQL reads them: NULL is {@code
 * \N}, and a tab, line feed, carriage return or backslash in a value has a backslash before it. The
 * rows of two queries are separated by an empty line.
 */
final class TsvPrinter implements RowPrinter {
  private final PrintStream out;
  private boolean first = true;

  TsvPrinter(Channel channel) {
    this.out = channel.stream();
  }

  @Override
  public long print(List<String> columns, Iterator<List<Object>> rows) {
    out.print((first ? "" : "\n") + line(columns));
    first = false;
    long count = 0;
    while (rows.hasNext() && !out.checkError()) {
      out.print(line(rows.next()));
      count++;
    }
    out.flush();
    return count;
  }

  private static String line(List<?> cells) {
    return cells.stream().map(TsvPrinter::cell).collect(Collectors.joining("\t", "", "\n"));
  }

  private static String cell(Object value) {
    return value == null
        ? "\\N"
        : CellText.of(value)
            .replace("\\", "\\\\")
            .replace("\t", "\\t")
            .replace("\n", "\\n")
            .replace("\r", "\\r");
  }
}
