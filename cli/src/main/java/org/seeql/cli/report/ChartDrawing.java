package org.seeql.cli.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.seeql.cli.report.EvaluationPage.Curve;
import org.seeql.cli.report.EvaluationPage.ScoreBin;
import org.seeql.job.train.StoredTraining;

/**
 * Draws the charts of evaluations and trainings as SVG. The drawings contain numbers only, so that
 * nothing in them must be escaped. Colours come from the page.
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

  /**
   * The losses by regularisation, from the strongest one. Both start at 0; the highest loss reaches
   * the top.
   *
   * @param chosen the regularisation of the model, which is marked
   */
  static String losses(List<StoredTraining.Step> steps, double chosen) {
    List<StoredTraining.Step> ordered =
        steps.stream()
            .sorted(Comparator.comparingDouble(StoredTraining.Step::lambda).reversed())
            .toList();
    double highest =
        ordered.stream()
            .mapToDouble(step -> Math.max(step.trainingLoss(), step.validationLoss()))
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    ChartDrawing drawing =
        new ChartDrawing(360, 180, "Training loss and validation loss by regularisation");
    double top = highest > 0 ? highest : 1;
    for (int i = 0; i <= 4; i++) {
      drawing.add(
          "<path class=\"grid\" d=\"M%.1f %.1f H%.1f\"/><text x=\"%.1f\" y=\"%.1f\""
              + " text-anchor=\"end\">%.2f</text>",
          drawing.x(0),
          drawing.y(i / 4.0),
          drawing.x(1),
          drawing.x(0) - 3,
          drawing.y(i / 4.0) + 3.5,
          top * i / 4);
    }
    drawing.loss("ideal", ordered, top, StoredTraining.Step::trainingLoss);
    drawing.loss("curve", ordered, top, StoredTraining.Step::validationLoss);
    for (int i = 0; i < ordered.size(); i++) {
      StoredTraining.Step step = ordered.get(i);
      double x = drawing.x(place(i, ordered.size()));
      drawing.add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          x, drawing.height + TOP + 13, compact(step.lambda()));
      if (step.lambda() == chosen) {
        drawing.add(
            "<circle class=\"mean\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>",
            x, drawing.y(step.validationLoss() / top));
      }
    }
    return drawing.end();
  }

  private void loss(
      String css,
      List<StoredTraining.Step> steps,
      double top,
      ToDoubleFunction<StoredTraining.Step> loss) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      double value = loss.applyAsDouble(steps.get(i));
      if (Double.isFinite(value)) {
        path.append(
            String.format(
                Locale.ROOT,
                "%s%.1f %.1f",
                path.isEmpty() ? "M" : " L",
                x(place(i, steps.size())),
                y(value / top)));
      }
    }
    add("<path class=\"%s\" d=\"%s\"/>", css, path);
  }

  /** A number with one digit, short enough for the axis. */
  private static String compact(double value) {
    return value < 0.01
        ? String.format(Locale.ROOT, "%.0e", value).replace("e-0", "e-")
        : String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
  }

  /** The horizontal place of a step, with space for the text below the first and the last one. */
  private static double place(int index, int count) {
    return (index + 0.5) / count;
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
