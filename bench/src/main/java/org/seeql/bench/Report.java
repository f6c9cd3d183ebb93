package org.seeql.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Prints measurements as rows of a Markdown table, immediately. */
public final class Report {
  private final PrintStream out;

  public Report(PrintStream out) {
    this.out = out;
  }

  public void heading(String title, String... columns) {
    out.printf("%n### %s%n%n", title);
    row((Object[]) columns);
    out.println("|---".repeat(columns.length) + "|");
  }

  /** Prints a row. Numbers have three digits. */
  public void row(Object... cells) {
    StringBuilder line = new StringBuilder("|");
    for (Object cell : cells) {
      line.append(' ').append(cell instanceof Double number ? digits(number) : cell).append(" |");
    }
    out.println(line);
    out.flush();
  }

  private static String digits(double number) {
    String format = number >= 100 ? "%.0f" : number >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, number);
  }
}
