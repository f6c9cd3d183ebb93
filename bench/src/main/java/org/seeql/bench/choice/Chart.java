package org.seeql.bench.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A chart as SVG: boxes, bars or lines of several series over the same groups. */
final class Chart {
  private static final List<String> COLOURS = List.of("#999999", "#4477aa", "#ee7733", "#228833");
  private static final int GROUP = 120;
  private static final int HEIGHT = 260;
  private static final int NARROWEST = 770;
  private static final int LEFT = 64;
  private static final int TOP = 56;
  private static final int BOTTOM = 44;

  private final String title;
  private final String unit;
  private final List<String> groups;
  private final List<String> series;
  private final double low;
  private final double high;
  private final StringBuilder marks = new StringBuilder();

  /**
   * Creates an empty chart.
   *
   * @param unit of the values, printed below the title
   * @param low the value at the bottom
   * @param high the value at the top
   */
  Chart(
      String title,
      String unit,
      List<String> groups,
      List<String> series,
      double low,
      double high) {
    this.title = title;
    this.unit = unit;
    this.groups = List.copyOf(groups);
    this.series = List.copyOf(series);
    this.low = low;
    this.high = high > low ? high : low + 1;
  }

  private double y(double value) {
    double share = (Math.min(high, Math.max(low, value)) - low) / (high - low);
    return TOP + HEIGHT * (1 - share);
  }

  private double x(int group, int of) {
    double slot = (GROUP - 24.0) / series.size();
    return LEFT + group * GROUP + 12 + of * slot + slot / 2;
  }

  private double halfWidth() {
    return (GROUP - 24.0) / series.size() * 0.38;
  }

  void bar(int group, String name, double value) {
    rectangle(group, series.indexOf(name), value, low);
  }

  private void rectangle(int group, int of, double upper, double lower) {
    mark(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>",
        x(group, of) - halfWidth(),
        y(upper),
        2 * halfWidth(),
        Math.max(0.5, y(lower) - y(upper)),
        COLOURS.get(of));
  }

  /** Draws a box between the quartiles, a mark at the median, and a line between the extremes. */
  void box(int group, String name, double... values) {
    int of = series.indexOf(name);
    if (values.length == 0) {
      return;
    }
    double[] sorted = DoubleStream.of(values).sorted().toArray();
    double x = x(group, of);
    line(x, sorted[0], x, sorted[sorted.length - 1], COLOURS.get(of));
    rectangle(group, of, quantile(sorted, 0.75), quantile(sorted, 0.25));
    double median = quantile(sorted, 0.5);
    line(x - halfWidth(), median, x + halfWidth(), median, "#000000");
  }

  /** Connects the values of a series, one per group. */
  void lines(String name, double... values) {
    int of = series.indexOf(name);
    for (int group = 0; group < values.length; group++) {
      double x = LEFT + (group + 0.5) * GROUP;
      mark("<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>", x, y(values[group]), COLOURS.get(of));
      if (group > 0) {
        line(x - GROUP, values[group - 1], x, values[group], COLOURS.get(of));
      }
    }
  }

  private void line(double x1, double value1, double x2, double value2, String colour) {
    mark(
        "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' stroke-width='1.5'/>",
        x1, y(value1), x2, y(value2), colour);
  }

  /** The quantile of sorted values, with linear interpolation. */
  static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  private void mark(String format, Object... values) {
    marks.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void text(double x, double y, String anchor, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;");
    mark("<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, safe);
  }

  String svg() {
    int width = Math.max(NARROWEST, LEFT + groups.size() * GROUP + 16);
    int height = TOP + HEIGHT + BOTTOM;
    String drawn = marks.toString();
    marks.setLength(0);
    axes(width);
    List<String> parts = new ArrayList<>();
    parts.add(
        String.format(
            Locale.ROOT,
            "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d'"
                + " font-family='sans-serif' font-size='11'>",
            width,
            height,
            width,
            height));
    parts.add("<rect width='100%' height='100%' fill='#ffffff'/>");
    parts.add(marks.toString() + drawn + "</svg>");
    return String.join("\n", parts) + "\n";
  }

  private void axes(int width) {
    text(LEFT, 18, "start", title);
    text(LEFT, 34, "start", unit);
    for (int i = 0; i < series.size(); i++) {
      double x = LEFT + 170 + i * 130;
      mark("<rect x='%.1f' y='26' width='9' height='9' fill='%s'/>", x, COLOURS.get(i));
      text(x + 13, 34, "start", series.get(i));
    }
    for (int i = 0; i <= 5; i++) {
      double value = low + i * (high - low) / 5;
      mark(
          "<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#dddddd'/>",
          LEFT, y(value), width, y(value));
      String number = String.format(Locale.ROOT, high - low > 10 ? "%.0f" : "%.3f", value);
      text(LEFT - 6, y(value) + 4, "end", number);
    }
    for (int group = 0; group < groups.size(); group++) {
      text(LEFT + (group + 0.5) * GROUP, TOP + HEIGHT + 18, "middle", groups.get(group));
    }
  }
}
