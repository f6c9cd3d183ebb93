package org.seeql.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Runs scenarios in turn until each has reached its amount, or the time limit is reached. */
final class Suite {
  /** The expected duration of a scenario's first trial. */
  private static final Duration FIRST_TRIAL = Duration.ofSeconds(20);

  private static final int MIN_TRIALS = 5;

  private final Amounts amounts;
  private final long seed;
  private final FigureTable figures;
  private final PrintStream out;
  private final long began;
  private final Map<String, Duration> longest = new HashMap<>();
  private final Set<String> broken = new HashSet<>();

  /**
   * @param began the start of the time limit, a value of {@link System#nanoTime}
   */
  Suite(Amounts amounts, long seed, FigureTable figures, PrintStream out, long began) {
    this.amounts = amounts;
    this.seed = seed;
    this.figures = figures;
    this.out = out;
    this.began = began;
  }

  void run(List<Scenario> scenarios) throws Exception {
    boolean more = true;
    for (int number = 0; more; number++) {
      more = false;
      for (Scenario scenario : scenarios) {
        Tally tally = figures.of(scenario.name());
        int max = amounts.max(scenario.unit(), tally.of(Count.DISTURBANCES));
        if (max > 0 && hasTime(scenario) && !broken.contains(scenario.name())) {
          trial(scenario, number, max, tally);
          more = true;
        }
      }
    }
  }

  private boolean hasTime(Scenario scenario) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
    Duration needed = longest.getOrDefault(scenario.name(), FIRST_TRIAL);
    return amounts.time().isEmpty() || elapsed.plus(needed).compareTo(amounts.time().get()) < 0;
  }

  private void trial(Scenario scenario, int number, int max, Tally tally) throws Exception {
    long start = System.nanoTime();
    Random random = new Random(seed + 31L * number + scenario.name().hashCode());
    long before = tally.of(Count.DISTURBANCES);
    try {
      scenario.trial(random, number, max, tally);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // a scenario whose trial throws an exception is excluded from now on
      broken.add(scenario.name());
      tally.addDefect(Count.OTHER, 1, "trial %d ended with %s".formatted(number, e));
      return;
    }
    tally.add(Count.TRIALS, 1);
    if (tally.of(Count.TRIALS) >= MIN_TRIALS && tally.of(Count.DISTURBANCES) == 0) {
      throw new ChaosException("Scenario " + scenario.name() + " disturbed nothing");
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    longest.merge(scenario.name(), took, (a, b) -> a.compareTo(b) > 0 ? a : b);
    out.printf(
        "%s #%d: %d in %.1f s%n",
        scenario.name(), number, tally.of(Count.DISTURBANCES) - before, took.toMillis() / 1000.0);
  }
}
