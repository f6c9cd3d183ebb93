package org.seeql.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seeql.planner.cascade.Rung;
import org.seeql.planner.cascade.RungCounts;

/**
 * Draws the scores of a rung as a histogram in SVG, with its thresholds. The drawing contains
 * numbers only, so that nothing in it must be escaped. Colours come from the page.
 */
final class RungDrawing {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 92;
  private static final int TOP = 30;
  private static final int LABEL = 12;
  private static final int BOTTOM = 18;
  private static final int SIDE = 8;
  private static final int LETTER = 6;

  /** A first bin that is higher by this factor is cut: most images have no detection. */
  private static final double CUT = 1.25;

  private final StringBuilder svg = new StringBuilder();

  private RungDrawing() {}

  /**
   * The picture.
   *
   * @param shown the images of the bars
   * @param expected drawn as a line, scaled to the number of shown images
   */
  static String svg(Rung rung, RungCounts shown, Optional<RungCounts> expected) {
    return new RungDrawing().draw(rung, shown, expected);
  }

  /** The thresholds in words. */
  static String thresholds(Rung rung) {
    String no = rung.noBelow() > 0 ? "no below " + number(rung.noBelow()) : "never no";
    String yes = rung.yesFrom() <= 1 ? "yes from " + number(rung.yesFrom()) : "never yes";
    return no + ", " + yes;
  }

  private String draw(Rung rung, RungCounts shown, Optional<RungCounts> expected) {
    add(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Histogram of scores; %s\">",
        WIDTH + 2 * SIDE, HEIGHT + TOP + BOTTOM, thresholds(rung));
    double no = Math.min(1, rung.noBelow());
    double yes = Math.min(1, rung.yesFrom());
    band("no", 0, no);
    band("unsure", no, yes);
    band("yes", yes, 1);
    double highest = highest(shown.scores());
    for (int bin = 0; bin < RungCounts.BINS; bin++) {
      bar(bin, shown.scores().get(bin), highest);
    }
    expected
        .filter(counts -> counts.images() > 0)
        .ifPresent(counts -> line(counts, shown.images() / (double) counts.images(), highest));
    axis();
    thresholdLines(rung);
    return svg.append("</svg>").toString();
  }

  private static double highest(List<Long> scores) {
    long others = scores.stream().skip(1).mapToLong(Long::longValue).max().orElse(0);
    long first = scores.get(0);
    return others == 0 || first <= CUT * others
        ? Math.max(1, Math.max(first, others))
        : CUT * others;
  }

  private void band(String css, double from, double to) {
    if (to > from) {
      add(
          "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
          css, x(from), TOP, x(to) - x(from), HEIGHT);
    }
  }

  private void bar(int bin, long images, double highest) {
    double from = bin / (double) RungCounts.BINS;
    double to = (bin + 1) / (double) RungCounts.BINS;
    double y = y((double) images, highest);
    add(
        "<g><title>score %.2f to %.2f: %s</title><rect class=\"reach\" x=\"%.1f\" y=\"%d\""
            + " width=\"%.1f\" height=\"%d\"/><rect class=\"bar\" x=\"%.1f\" y=\"%.1f\""
            + " width=\"%.1f\" height=\"%.1f\"/></g>",
        from,
        to,
        Wording.count(images, "image"),
        x(from),
        TOP,
        x(to) - x(from),
        HEIGHT,
        x(from) + 1,
        y,
        x(to) - x(from) - 2,
        TOP + HEIGHT - y);
    if (images > highest) {
      add(
          "<path class=\"cut\" d=\"M%.1f %.1f l%.1f -5\"/>",
          x(from) - 1, y + 12, x(to) - x(from) + 2);
      add(
          "<text class=\"count\" x=\"%.1f\" y=\"%.1f\">%s</text>",
          x(to) + 3, y + 9, Wording.count(images));
    }
  }

  private void line(RungCounts expected, double scale, double highest) {
    StringBuilder path = new StringBuilder();
    for (int bin = 0; bin < RungCounts.BINS; bin++) {
      path.append(
          String.format(
              Locale.ROOT,
              "%s%.1f %.1f H%.1f",
              bin == 0 ? "M" : " L",
              x(bin / (double) RungCounts.BINS),
              y(expected.scores().get(bin) * scale, highest),
              x((bin + 1) / (double) RungCounts.BINS)));
    }
    add("<path class=\"expected\" d=\"%s\"/>", path);
  }

  private void axis() {
    add("<path class=\"axis-line\" d=\"M%.1f %d H%.1f\"/>", x(0), TOP + HEIGHT, x(1));
    for (double value : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          x(value), TOP + HEIGHT + 12, value == Math.rint(value) ? "" + (int) value : "" + value);
    }
  }

  private void thresholdLines(Rung rung) {
    if (rung.yesFrom() <= 1) {
      threshold("from", rung.yesFrom(), "yes from " + number(rung.yesFrom()), 0);
    }
    if (rung.noBelow() > 0 && rung.noBelow() < rung.yesFrom()) {
      threshold("below", rung.noBelow(), "no below " + number(rung.noBelow()), 1);
    }
  }

  /**
   * A line with a label.
   *
   * @param row of the label, from the top; thresholds that are close have labels below each other
   */
  private void threshold(String css, double value, String label, int row) {
    int y = LABEL * (row + 1);
    boolean isRight = x(value) + LETTER * label.length() > WIDTH + 2 * SIDE;
    add("<path class=\"threshold %s\" d=\"M%.1f %d V%d\"/>", css, x(value), y - 8, TOP + HEIGHT);
    add(
        "<text class=\"%s\" x=\"%.1f\" y=\"%d\"%s>%s</text>",
        css, x(value) + (isRight ? -4 : 4), y, isRight ? " text-anchor=\"end\"" : "", label);
  }

  private static String number(double threshold) {
    return String.format(Locale.ROOT, "%.3f", threshold);
  }

  private static double x(double value) {
    return SIDE + value * WIDTH;
  }

  private static double y(double images, double highest) {
    return TOP + HEIGHT * (1 - Math.min(1, images / highest));
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}
