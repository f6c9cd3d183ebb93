package org.seeql.chaos;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The figures of one scenario. Not thread-safe. */
public final class Tally {
  private final String scenario;
  private final PrintStream out;
  private final Map<Count, Long> counts = new EnumMap<>(Count.class);

  public Tally(String scenario, PrintStream out) {
    this.scenario = scenario;
    this.out = out;
  }

  public void add(Count count, long number) {
    counts.merge(count, number, Long::sum);
  }

  /**
   * Counts a defect and prints its description. Does nothing if the number is 0.
   *
   * @param description names the run, the table or the file
   */
  public void addDefect(Count count, long number, String description) {
    if (number > 0) {
      add(count, number);
      out.printf(Locale.ROOT, "  ✗ %s: %d %s: %s%n", scenario, number, count.title(), description);
    }
  }

  public long of(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  String scenario() {
    return scenario;
  }

  boolean hasDefects() {
    return counts.keySet().stream().anyMatch(Count::isDefect);
  }
}
