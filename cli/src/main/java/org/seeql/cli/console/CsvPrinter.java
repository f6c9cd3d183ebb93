package org.seeql.cli.console;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Comma-separated values as RFC 4180 has them, with a header, lines ended by a line feed. NULL is
 * nothing at all between the commas and an empty text is a pair of quotes, as PostgreSQL has it.
 */
final class CsvPrinter implements RowPrinter {
  private final PrintStream out;
  private boolean first = true;

  CsvPrinter(Channel channel) {
    this.out = channel.stream();
  }

  @Override
  public long print(List<String> columns, Iterator<List<Object>> rows) {
    if (!first) {
      out.print('\n');
    }
    first = false;
    out.print(line(columns));
    long count = 0;
    while (rows.hasNext() && !out.checkError()) {
      out.print(line(rows.next()));
      count++;
    }
    out.flush();
    return count;
  }

  private static String line(List<?> cells) {
    return cells.stream().map(CsvPrinter::cell).collect(Collectors.joining(",", "", "\n"));
  }

  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    String text = CellText.of(value);
    boolean plain =
        !text.isEmpty()
            && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
            && Objects.equals(text, text.strip());
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
