package org.seeql.cli.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Durations as people read and write them. */
final class DurationText {
  private DurationText() {}

  /** By its two largest units: {@code 45 s}, {@code 3 min 12 s}, {@code 2 h 5 min}, {@code 3 d}. */
  static String of(Duration duration) {
    Duration shown = duration.isNegative() ? Duration.ZERO : duration;
    if (shown.toDays() > 0) {
      return two(shown.toDays(), "d", shown.toHoursPart(), "h");
    }
    if (shown.toHours() > 0) {
      return two(shown.toHours(), "h", shown.toMinutesPart(), "min");
    }
    return shown.toMinutes() > 0
        ? two(shown.toMinutes(), "min", shown.toSecondsPart(), "s")
        : shown.toSeconds() + " s";
  }

  private static String two(long large, String unit, long small, String smaller) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
  }

  /**
   * {@code 90s}, {@code 90m} or {@code 6h}.
   *
   * @param option that it was given for
   * @throws CommandRefusal if it is no duration, or none at all
   */
  static Duration parse(String option, String text) {
    try {
      Duration duration = Duration.parse("PT" + text);
      if (duration.isZero() || duration.isNegative()) {
        throw new CommandRefusal("Invalid %s: it is over before it begins".formatted(option));
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw new CommandRefusal("Invalid %s: '%s' (such as 90m or 6h)".formatted(option, text), e);
    }
  }
}
