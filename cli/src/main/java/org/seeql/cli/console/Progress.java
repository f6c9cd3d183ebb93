package org.seeql.cli.console;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;

/**
 * The progress of an operation on images or annotations.
 *
 * @param activity the operation, as a past participle: "inferred", "imported"
 * @param before the part of {@code done} that was completed before the clock started
 * @param failed the part of {@code done} that failed
 */
public record Progress(
    String activity, Unit unit, long before, long done, long total, long failed, Duration elapsed) {
  private static final int WIDEST_BAR = 40;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  /** The unit that is counted. */
  public enum Unit {
    IMAGES("images", "img/s"),
    ANNOTATIONS("annotations", "annotations/s");

    private final String many;
    private final String rate;

    Unit(String many, String rate) {
      this.many = many;
      this.rate = rate;
    }
  }

  public Progress {
    requireNonNull(activity, "activity is null");
    requireNonNull(unit, "unit is null");
    requireNonNull(elapsed, "elapsed is null");
  }

  /** Progress on images. */
  public Progress(
      String activity, long before, long done, long total, long failed, Duration elapsed) {
    this(activity, Unit.IMAGES, before, done, total, failed, elapsed);
  }

  /** Progress on images that started from zero. */
  public Progress(String activity, long done, long total, long failed, Duration elapsed) {
    this(activity, Unit.IMAGES, 0, done, total, failed, elapsed);
  }

  /** A line for a log: {@code inferred 120 of 200 images (60 %), 41.3 img/s, 2 s left}. */
  String sentence() {
    return String.format(
        Locale.ROOT,
        "%s %,d of %,d %s (%d %%), %.1f %s%s%s",
        activity,
        done,
        total,
        unit.many,
        percent(),
        rate(),
        unit.rate,
        remaining().isEmpty() ? "" : ", " + remaining() + " left",
        failed == 0 ? "" : String.format(Locale.ROOT, ", %,d failed", failed));
  }

  /**
   * A progress bar of at most {@code channel.width()} columns. The bar itself is omitted if there
   * is little space.
   */
  String bar(Channel channel) {
    String counts =
        String.format(
            Locale.ROOT,
            " %3d %%  %,d/%,d %s  %.1f %s  ETA %s",
            percent(),
            done,
            total,
            unit.many,
            rate(),
            unit.rate,
            remaining().isEmpty() ? "-" : remaining());
    String failures = failed == 0 ? "" : String.format(Locale.ROOT, "  %,d failed", failed);
    String label = activity + " ";
    int room = channel.width() - 1 - label.length() - counts.length() - failures.length();
    String bar = room < 5 ? "" : blocks(Math.min(room, WIDEST_BAR));
    if (room < 0) {
      return DisplayWidth.cut(label + counts.strip() + failures, channel.width() - 1);
    }
    return label + channel.paint(Style.CYAN, bar) + counts + channel.paint(Style.RED, failures);
  }

  private String blocks(int width) {
    double share = total == 0 ? 1 : Math.min(1, (double) done / total);
    int eighths = (int) (share * width * 8);
    StringBuilder bar = new StringBuilder("█".repeat(eighths / 8));
    if (eighths % 8 > 0) {
      bar.append(EIGHTHS.charAt(eighths % 8));
    }
    return bar + "░".repeat(width - bar.length());
  }

  private long percent() {
    return total == 0 ? 100 : Math.min(100, 100 * done / total);
  }

  private double rate() {
    return elapsed.isZero() ? 0 : (done - before) * 1e9 / elapsed.toNanos();
  }

  private String remaining() {
    if (rate() <= 0) {
      return "";
    }
    return text(Duration.ofSeconds(Math.round(Math.max(0, total - done) / rate())));
  }

  /** {@code 45 s}, {@code 2 min 5 s} or {@code 3 h 20 min}. */
  private static String text(Duration duration) {
    if (duration.toMinutes() == 0) {
      return duration.toSeconds() + " s";
    }
    return duration.toHours() == 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }
}
