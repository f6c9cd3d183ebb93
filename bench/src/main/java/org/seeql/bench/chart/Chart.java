package org.seeql.bench.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A chart as SVG: boxes, bars or lines of several series over the same groups. The scale contains
 * all finite values. Infinite values mean that a plan does not exist: they are outside the scale,
 * and counted in a row next to it.
 */
public final class Chart {
  static final List<String> COLOURS =
      List.of("#999999", "#4477aa", "#ee7733", "#228833", "#aa3377");
  private static final int GROUP = 120;
  private static final int HEIGHT = 260;
  private static final int NARROWEST = 770;
  private static final int LEFT = 64;
  private static final int TOP = 56;
  private static final int BOTTOM = 44;
  // the row with the counts, and the part of it into which boxes extend
  private static final int ROW = 26;
  private static final int EDGE = 10;

  private final String title;
  private final String unit;
  private final List<String> groups;
  private final List<String> series;
  private final double worst;
  private final List<Runnable> drawings = new ArrayList<>();
  private final StringBuilder marks = new StringBuilder();
  private double lowest;
  private double highest;
  private Scale scale;
  private boolean missing;

  /**
   * Creates an empty chart.
   *
   * @param unit of the values, printed below the title
   * @param lowest the scale contains this value
   * @param highest the scale contains this value
   * @param worst the value that stands for no plan: negative infinity, which is drawn below the
   *     scale, or positive infinity, which is drawn above it
   */
  public Chart(
      String title,
      String unit,
      List<String> groups,
      List<String> series,
      double lowest,
      double highest,
      double worst) {
    this.title = title;
    this.unit = unit;
    this.groups = List.copyOf(groups);
    this.series = List.copyOf(series);
    this.lowest = lowest;
    this.highest = highest;
    this.worst = worst;
  }

  private int top() {
    return worst > 0 ? TOP + ROW : TOP;
  }

  private double y(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? top() - EDGE : top() + HEIGHT + EDGE;
    }
    return top() + HEIGHT * (1 - scale.position(value));
  }

  private void extend(double... values) {
    for (double value : values) {
      if (Double.isFinite(value)) {
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
      }
    }
  }

  private double x(int group, int of) {
    double slot = (GROUP - 24.0) / series.size();
    return LEFT + group * GROUP + 12 + of * slot + slot / 2;
  }

  private double halfWidth() {
    return (GROUP - 24.0) / series.size() * 0.38;
  }

  /** Draws a bar, or a cross next to the scale if the value is infinite. */
  public void bar(int group, String name, double value) {
    int of = series.indexOf(name);
    extend(value);
    drawings.add(
        () -> {
          if (Double.isFinite(value)) {
            rectangle(group, of, value, scale.low());
          } else {
            missing(group, of, "×");
          }
        });
  }

  private void missing(int group, int of, String text) {
    missing = true;
    text(x(group, of), rowBase(), "middle", text);
  }

  private double rowBase() {
    return worst > 0 ? top() - EDGE - 4 : top() + HEIGHT + EDGE + 12;
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

  /**
   * Draws a box between the quartiles, a mark at the median, and a line between the extremes. If
   * there are infinite values, draws their number next to the scale. Boxes and lines extend to it.
   */
  public void box(int group, String name, double... values) {
    extend(values);
    double[] sorted = DoubleStream.of(values).sorted().toArray();
    drawings.add(() -> box(group, series.indexOf(name), sorted));
  }

  private void box(int group, int of, double[] sorted) {
    long infinite = DoubleStream.of(sorted).filter(Double::isInfinite).count();
    if (infinite > 0) {
      missing(group, of, Long.toString(infinite));
    }
    if (infinite == sorted.length) {
      return;
    }
    double x = x(group, of);
    line(x, sorted[0], x, sorted[sorted.length - 1], COLOURS.get(of));
    rectangle(group, of, quantile(sorted, 0.75), quantile(sorted, 0.25));
    double median = quantile(sorted, 0.5);
    line(x - halfWidth(), median, x + halfWidth(), median, "#000000");
  }

  /** Connects the values of a series, one per group. */
  public void lines(String name, double... values) {
    extend(values);
    drawings.add(() -> lines(series.indexOf(name), values));
  }

  private void lines(int of, double[] values) {
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

  /**
   * The quantile of sorted values, with linear interpolation. It is infinite if one of the two
   * values is.
   */
  public static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    if (at == below) {
      return sorted[below];
    }
    double difference = sorted[below + 1] - sorted[below];
    if (Double.isNaN(difference) || Double.isInfinite(sorted[below])) {
      return sorted[below];
    }
    return sorted[below] + (at - below) * difference;
  }

  private void mark(String format, Object... values) {
    marks.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void text(double x, double y, String anchor, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;");
    mark("<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, safe);
  }

  public String svg() {
    int width = Math.max(NARROWEST, LEFT + groups.size() * GROUP + 16);
    int height = TOP + ROW + HEIGHT + BOTTOM;
    scale = Scale.of(lowest, highest);
    marks.setLength(0);
    axes(width);
    drawings.forEach(Runnable::run);
    if (missing) {
      text(LEFT - 6, rowBase(), "end", "no plan");
    }
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
    parts.add(marks + "</svg>");
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
    for (double tick : scale.ticks()) {
      mark(
          "<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#dddddd'/>",
          LEFT, y(tick), width, y(tick));
      text(LEFT - 6, y(tick) + 4, "end", scale.text(tick));
    }
    int below = top() + HEIGHT + 18 + (worst > 0 ? 0 : ROW);
    for (int group = 0; group < groups.size(); group++) {
      text(LEFT + (group + 0.5) * GROUP, below, "middle", groups.get(group));
    }
  }
}
