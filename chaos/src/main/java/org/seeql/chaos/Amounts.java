package org.seeql.chaos;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much is done.
 *
 * @param wanted of each unit, for each scenario that is measured in it
 * @param time after which no trial begins that is not likely to end in it
 */
record Amounts(Map<Unit, Integer> wanted, Optional<Duration> time) {
  Amounts {
    wanted = Map.copyOf(wanted);
  }

  /** As much as there is time for, in turns. */
  static Amounts within(Duration time) {
    Map<Unit, Integer> all = new EnumMap<>(Unit.class);
    for (Unit unit : Unit.values()) {
      all.put(unit, Integer.MAX_VALUE);
    }
    return new Amounts(all, Optional.of(time));
  }

  /** The most for a trial where so many have been disturbed. */
  int most(Unit unit, long done) {
    long left = wanted.getOrDefault(unit, 0) - done;
    return time.isPresent() ? unit.ofTrial() : (int) Math.max(0, left);
  }
}
