package org.seeql.cli.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Formats and parses durations in a human-readable form. */
final class DurationText {
  private DurationText() {}

  /** The two largest units: {@code 45 s}, {@code 3 min 12 s}, {@code 2 h 5 min}, {@code 3 d}. */
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
   * Parses {@code 90s}, {@code 90m} or {@code 6h}.
   *
   * @param option the name of the option, for the error message
   * @throws CommandRefusal if the text is not a duration, or the duration is zero or negative
   */
  static Duration parse(String option, String text) {
    try {
      Duration duration = Duration.parse("PT" + text);
      if (duration.isZero() || duration.isNegative()) {
        throw new CommandRefusal("Invalid %s: '%s' (longer than zero)".formatted(option, text));
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw new CommandRefusal("Invalid %s: '%s' (such as 90m or 6h)".formatted(option, text), e);
    }
  }
}
