package org.seeql.cli.console;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Prints comma-separated values (RFC 4180) with a header and CR LF line ends. As in PostgreSQL,
 * NULL is an empty cell and an empty text is a pair of quotes. A line that consists of a single
 * NULL is also a pair of quotes, because readers skip empty lines.
 */
final class CsvPrinter implements RowPrinter {
  private static final String LINE_END = "\r\n";

  // https://owasp.org/www-community/attacks/CSV_Injection, and the full-width forms, which
  // spreadsheets of East Asian languages treat like the ASCII ones
  private static final String BEGINS_A_FORMULA = "=+-@\t\r\n＝＋－＠";

  private final PrintStream out;
  private final boolean safeForSpreadsheets;
  private boolean first = true;

  private CsvPrinter(Channel channel, boolean safeForSpreadsheets) {
    this.out = channel.stream();
    this.safeForSpreadsheets = safeForSpreadsheets;
  }

  /** Prints data unchanged. */
  static CsvPrinter exact(Channel channel) {
    return new CsvPrinter(channel, false);
  }

  /** Prefixes texts that a spreadsheet would evaluate as formulas with an apostrophe. */
  static CsvPrinter safeForSpreadsheets(Channel channel) {
    return new CsvPrinter(channel, true);
  }

  @Override
  public long print(List<String> columns, Iterator<List<Object>> rows) {
    if (!first) {
      out.print(LINE_END);
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

  private String line(List<?> cells) {
    String line = cells.stream().map(this::cell).collect(Collectors.joining(","));
    return (line.isEmpty() ? "\"\"" : line) + LINE_END;
  }

  private String cell(Object value) {
    if (value == null) {
      return "";
    }
    String text = CellText.of(value);
    if (safeForSpreadsheets && !(value instanceof Number) && beginsAFormula(text)) {
      text = "'" + text;
    }
    boolean plain =
        !text.isEmpty()
            && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
            && Objects.equals(text, text.strip());
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static boolean beginsAFormula(String text) {
    return !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
  }
}
