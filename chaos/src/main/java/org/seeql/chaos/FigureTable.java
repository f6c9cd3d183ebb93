package org.seeql.chaos;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of figures, with one row per scenario. Not thread-safe. */
final class FigureTable {
  private final PrintStream out;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  FigureTable(PrintStream out) {
    this.out = out;
  }

  Tally of(String scenario) {
    return tallies.computeIfAbsent(scenario, name -> new Tally(name, out));
  }

  boolean hasDefects() {
    return tallies.values().stream().anyMatch(Tally::hasDefects);
  }

  /** Prints the table as Markdown. */
  void print() {
    List<String> titles = new ArrayList<>(List.of("scenario"));
    Stream.of(Count.values()).map(Count::title).forEach(titles::add);
    out.println();
    out.println(line(titles));
    out.println(line(titles.stream().map(title -> "---").toList()));
    for (Tally tally : tallies.values()) {
      List<String> cells = new ArrayList<>(List.of(tally.scenario()));
      Stream.of(Count.values())
          .map(count -> String.format(Locale.ROOT, "%,d", tally.of(count)))
          .forEach(cells::add);
      out.println(line(cells));
    }
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }
}
