package org.seeql.bench.chart;

import java.util.Locale;
import java.util.Map;

/** Horizontal bars with their values, as SVG. */
public final class Bars {
  private static final int LINE = 14;
  private static final int LABELS = 110;
  private static final int LONGEST = 520;
  private static final int TOP = 34;
  private static final int VALUES = 70;

  private Bars() {}

  /**
   * Draws a chart.
   *
   * @param values by their labels, from top to bottom
   */
  public static String svg(String title, Map<String, Integer> values) {
    int highest = values.values().stream().mapToInt(v -> v).max().orElse(1);
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d'"
                + " font-family='sans-serif' font-size='11'>",
            LABELS + LONGEST + VALUES, TOP + values.size() * LINE + 10));
    svg.append("<rect width='100%' height='100%' fill='#ffffff'/>\n");
    svg.append(format("<text x='%d' y='18'>%s</text>", LABELS, safe(title)));
    int y = TOP;
    for (Map.Entry<String, Integer> bar : values.entrySet()) {
      double width = LONGEST * bar.getValue() / (double) Math.max(1, highest);
      svg.append(
          format(
              "<text x='%d' y='%d' text-anchor='end'>%s</text>",
              LABELS - 6, y + 10, safe(bar.getKey())));
      svg.append(
          format(
              "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>",
              LABELS, y + 1, width, LINE - 3, Chart.COLOURS.get(1)));
      svg.append(
          format("<text x='%.1f' y='%d'>%,d</text>", LABELS + width + 4, y + 10, bar.getValue()));
      y += LINE;
    }
    return svg.append("</svg>\n").toString();
  }

  private static String safe(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }
}
