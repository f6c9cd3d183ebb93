package org.seeql.cli.console;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;

/** One JSON object per row and line, for readers that process rows as they arrive. */
final class JsonLinesPrinter implements RowPrinter {
  private final PrintStream out;

  JsonLinesPrinter(Channel channel) {
    this.out = channel.stream();
  }

  @Override
  public long print(List<String> columns, Iterator<List<Object>> rows) {
    long count = 0;
    while (rows.hasNext() && !out.checkError()) {
      out.print(JsonPrinter.object(columns, rows.next()) + "\n");
      count++;
    }
    out.flush();
    return count;
  }
}
