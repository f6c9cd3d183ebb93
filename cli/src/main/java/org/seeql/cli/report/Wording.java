package org.seeql.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats numbers and times for the page, in English independent of the locale. */
final class Wording {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss zzz", Locale.ENGLISH);

  private static final DateTimeFormatter SHORT_MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private Wording() {}

  /** {@code 1,234,567}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 image}, {@code 2 images}. */
  static String count(long number, String noun) {
    String plural = noun.endsWith("s") ? noun + "es" : noun + "s";
    return count(number) + " " + (number == 1 ? noun : plural);
  }

  /** {@code 12 ms}, {@code 3.42 s}, {@code 64.2 s}, {@code 12 min 5 s}, {@code 3 h 7 min}. */
  static String duration(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    if (duration.isZero()) {
      return "0 s";
    }
    if (seconds < 0.001) {
      return "< 1 ms";
    }
    if (seconds < 0.1) {
      return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
    }
    if (seconds < 120) {
      return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
    }
    return duration.toHours() < 2
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }

  /**
   * Items per second: {@code 0.42}, {@code 64.2}, {@code 1,031}; a dash if there are none or no
   * time passed.
   */
  static String rate(long things, Duration duration) {
    if (things == 0 || duration.toNanos() <= 0) {
      return "–";
    }
    double rate = things / (duration.toNanos() / 1e9);
    if (rate < 1) {
      return String.format(Locale.ROOT, "%.2f", rate);
    }
    return String.format(Locale.ROOT, rate < 100 ? "%.1f" : "%,.0f", rate);
  }

  /** {@code 1.5 %}; {@code < 0.1 %} for a smaller part, and {@code 0 %} for none. */
  static String percent(long part, long whole) {
    if (part <= 0 || whole <= 0) {
      return "0 %";
    }
    double percent = 100.0 * part / whole;
    if (percent < 0.1) {
      return "< 0.1 %";
    }
    return String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
  }

  /** A confidence: {@code 0.93}. */
  static String score(double score) {
    return String.format(Locale.ROOT, "%.2f", score);
  }

  /** A length for a style or a drawing, as a percentage of the whole: {@code 12.34%}. */
  static String length(double part, double whole) {
    double percent = whole > 0 ? 100 * part / whole : 0;
    return String.format(Locale.ROOT, "%.2f%%", percent);
  }

  /** See {@link #length(double, double)}. */
  static String length(long part, long whole) {
    return length((double) part, (double) whole);
  }

  /** {@code 22 November 2026, 18:42:10 UTC}. */
  static String moment(Instant instant, ZoneId zone) {
    return MOMENT.format(instant.atZone(zone));
  }

  /** {@code 2026-11-22 18:42:10}, for tables. */
  static String shortMoment(Instant instant, ZoneId zone) {
    return SHORT_MOMENT.format(instant.atZone(zone));
  }
}
