package org.seeql.chaos;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The amount of work of the suite.
 *
 * @param limits the number of disturbances per unit, for each scenario of that unit
 * @param time the time limit; a trial is started only if it is likely to end in time
 */
record Amounts(Map<Unit, Integer> limits, Optional<Duration> time) {
  private static final int UNLIMITED = Integer.MAX_VALUE;

  Amounts {
    limits = Map.copyOf(limits);
  }

  /** As many trials as the time allows, with the scenarios in turn. */
  static Amounts within(Duration time) {
    Map<Unit, Integer> all = new EnumMap<>(Unit.class);
    for (Unit unit : Unit.values()) {
      all.put(unit, UNLIMITED);
    }
    return new Amounts(all, Optional.of(time));
  }

  /** The maximum number of disturbances for the next trial, after {@code done} disturbances. */
  int max(Unit unit, long done) {
    int limit = limits.getOrDefault(unit, 0);
    return limit == UNLIMITED ? unit.ofTrial() : (int) Math.max(0, limit - done);
  }
}
