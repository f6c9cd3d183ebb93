package org.seeql.bench.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Points of several series as SVG. Two scales with the same range show whether a prediction equals
 * the actual value: such points are on the diagonal.
 */
public final class Scatter {
  private static final int SIDE = 420;
  private static final int LEFT = 64;
  private static final int TOP = 56;
  private static final int BOTTOM = 52;
  private static final int RIGHT = 24;

  private record Point(String series, double x, double y, String label) {}

  private final String title;
  private final String xUnit;
  private final String yUnit;
  private final List<String> series;
  private final List<Point> points = new ArrayList<>();

  /**
   * Creates an empty chart.
   *
   * @param xUnit of the horizontal axis
   * @param yUnit of the vertical axis
   * @param series at most as many as there are colours
   */
  public Scatter(String title, String xUnit, String yUnit, List<String> series) {
    this.title = title;
    this.xUnit = xUnit;
    this.yUnit = yUnit;
    this.series = List.copyOf(series);
  }

  /** Adds a point with finite coordinates. The label is shown when the mouse is over the point. */
  public void point(String name, double x, double y, String label) {
    points.add(new Point(name, x, y, label));
  }

  /** The chart with a scale for each axis. */
  public String svg() {
    return draw(
        Scale.of(min(points.stream().map(Point::x)), max(points.stream().map(Point::x))),
        Scale.of(min(points.stream().map(Point::y)), max(points.stream().map(Point::y))),
        "");
  }

  /** The chart with the same scale for both axes, and their diagonal. */
  public String svgWithDiagonal() {
    List<Double> all = points.stream().flatMap(p -> Stream.of(p.x(), p.y())).toList();
    Scale scale = Scale.of(min(all.stream()), max(all.stream()));
    return draw(
        scale,
        scale,
        mark(
            "<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='#bbbbbb' stroke-dasharray='4 4'/>",
            LEFT, TOP + SIDE, LEFT + SIDE, TOP));
  }

  private static double min(Stream<Double> values) {
    return values.mapToDouble(v -> v).min().orElse(0);
  }

  private static double max(Stream<Double> values) {
    return values.mapToDouble(v -> v).max().orElse(1);
  }

  private String draw(Scale horizontal, Scale vertical, String below) {
    StringBuilder svg = new StringBuilder();
    int width = LEFT + SIDE + RIGHT;
    int height = TOP + SIDE + BOTTOM;
    svg.append(
        mark(
            "<svg xmlns='http://www.w3.org/2000/svg' width='%1$d' height='%2$d' viewBox='0 0 %1$d"
                + " %2$d' font-family='sans-serif' font-size='11'>",
            width, height));
    svg.append("<rect width='100%' height='100%' fill='#ffffff'/>\n");
    svg.append(text(LEFT, 18, "start", title)).append(text(LEFT, TOP - 8, "start", yUnit));
    svg.append(text(LEFT + SIDE, TOP + SIDE + 38, "end", xUnit));
    axes(svg, horizontal, vertical);
    svg.append(below);
    legend(svg);
    for (Point point : points) {
      svg.append(
          mark(
              "<circle cx='%.1f' cy='%.1f' r='4' fill='%s' fill-opacity='0.7'><title>%s</title></circle>",
              LEFT + SIDE * horizontal.position(point.x()),
              TOP + SIDE * (1 - vertical.position(point.y())),
              colour(point.series()),
              safe(point.label())));
    }
    return svg.append("</svg>\n").toString();
  }

  private static void axes(StringBuilder svg, Scale horizontal, Scale vertical) {
    for (double tick : vertical.ticks()) {
      double y = TOP + SIDE * (1 - vertical.position(tick));
      svg.append(
          mark(
              "<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#dddddd'/>",
              LEFT, y, LEFT + SIDE, y));
      svg.append(text(LEFT - 6, y + 4, "end", vertical.text(tick)));
    }
    for (double tick : horizontal.ticks()) {
      double x = LEFT + SIDE * horizontal.position(tick);
      svg.append(
          mark(
              "<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='#dddddd'/>",
              x, TOP, x, TOP + SIDE));
      svg.append(text(x, TOP + SIDE + 16, "middle", horizontal.text(tick)));
    }
  }

  private void legend(StringBuilder svg) {
    for (int i = 0; i < series.size(); i++) {
      double x = LEFT + i * 100.0;
      svg.append(
          mark("<rect x='%.1f' y='26' width='9' height='9' fill='%s'/>", x, colour(series.get(i))));
      svg.append(text(x + 13, 34, "start", series.get(i)));
    }
  }

  private String colour(String name) {
    return Chart.COLOURS.get(series.indexOf(name));
  }

  private static String text(double x, double y, String anchor, String text) {
    return mark("<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, safe(text));
  }

  private static String safe(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String mark(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }
}
