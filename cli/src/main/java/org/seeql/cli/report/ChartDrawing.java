package org.seeql.cli.report;

import java.util.List;
import java.util.Locale;
import org.seeql.cli.report.EvaluationPage.Curve;
import org.seeql.cli.report.EvaluationPage.ScoreBin;

/**
 * Draws the charts of an evaluation as SVG. The drawings contain numbers only, so that nothing in
 * them must be escaped. Colours come from the page.
 */
final class ChartDrawing {
  private static final int LEFT = 26;
  private static final int TOP = 8;
  private static final int BOTTOM = 18;
  private static final int RIGHT = 8;

  private final int width;
  private final int height;
  private final StringBuilder svg = new StringBuilder();

  private ChartDrawing(int width, int height, String label) {
    this.width = width;
    this.height = height;
    add(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
        width + LEFT + RIGHT, height + TOP + BOTTOM, label);
  }

  /** Precision by recall, both from 0 to 1. */
  static String curve(Curve curve) {
    ChartDrawing drawing =
        new ChartDrawing(
            150,
            100,
            String.format(Locale.ROOT, "Precision by recall; the area is %.3f", curve.area()));
    drawing.axes(0.5);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < Curve.POINTS; i++) {
      double recall = i / (Curve.POINTS - 1.0);
      double precision = curve.precision().get(i);
      path.append(
          String.format(
              Locale.ROOT,
              "%s%.1f %.1f",
              i == 0 ? "M" : " L",
              drawing.x(recall),
              drawing.y(precision)));
    }
    drawing.add(
        "<path class=\"area\" d=\"%s L%.1f %.1f L%.1f %.1f Z\"/><path class=\"curve\" d=\"%s\"/>",
        path, drawing.x(1), drawing.y(0), drawing.x(0), drawing.y(0), path);
    return drawing.end();
  }

  /** The share of correct detections by score. On the diagonal, scores are probabilities. */
  static String reliability(List<ScoreBin> bins, MatchWords words) {
    ChartDrawing drawing =
        new ChartDrawing(
            360, 220, "The share of correct %s by their score".formatted(words.answers()));
    drawing.axes(0.2);
    double step = 1.0 / ScoreBin.BINS;
    for (ScoreBin bin : bins) {
      double from = bin.place() * step;
      drawing.add(
          "<g><title>score %.1f to %.1f: %s of %s correct, %s</title><rect class=\"bar\" x=\"%.1f\""
              + " y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/></g>",
          from,
          from + step,
          Wording.count(bin.right()),
          Wording.count(bin.detections()),
          Wording.percent(bin.right(), bin.detections()),
          drawing.x(from + 0.06 * step),
          drawing.y(bin.precision()),
          drawing.x(0.88 * step) - drawing.x(0),
          drawing.y(0) - drawing.y(bin.precision()));
    }
    drawing.add(
        "<path class=\"ideal\" d=\"M%.1f %.1f L%.1f %.1f\"/>",
        drawing.x(0), drawing.y(0), drawing.x(1), drawing.y(1));
    for (ScoreBin bin : bins) {
      drawing.add(
          "<circle class=\"mean\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>",
          drawing.x(bin.meanScore()), drawing.y(bin.precision()));
    }
    return drawing.end();
  }

  private double x(double value) {
    return LEFT + value * width;
  }

  private double y(double value) {
    return TOP + (1 - value) * height;
  }

  private void axes(double step) {
    int ticks = (int) Math.round(1 / step);
    for (int i = 0; i <= ticks; i++) {
      double value = i * step;
      String text = i == 0 ? "0" : i == ticks ? "1" : String.format(Locale.ROOT, "%.1f", value);
      add(
          "<path class=\"grid\" d=\"M%.1f %.1f H%.1f\"/><text x=\"%.1f\" y=\"%.1f\""
              + " text-anchor=\"end\">%s</text><text x=\"%.1f\" y=\"%d\""
              + " text-anchor=\"middle\">%s</text>",
          x(0), y(value), x(1), x(0) - 5, y(value) + 3.5, text, x(value), height + TOP + 13, text);
    }
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  private String end() {
    return svg.append("</svg>").toString();
  }
}
