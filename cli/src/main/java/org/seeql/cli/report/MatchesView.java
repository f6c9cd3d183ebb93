package org.seeql.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seeql.cli.report.EvaluationPage.Confusion;
import org.seeql.cli.report.EvaluationPage.Curve;
import org.seeql.cli.report.EvaluationPage.Matches;
import org.seeql.cli.report.EvaluationPage.ScoreBin;
import org.seeql.planner.plan.VisionTask;

/**
 * The outcomes of detections and objects, formatted for the page.
 *
 * @param curves the curves that are visible at first
 * @param reliability a picture in SVG, inserted without escaping
 */
record MatchesView(
    MatchWords words,
    List<OutcomeRow> outcomes,
    List<CurveView> curves,
    List<CurveView> otherCurves,
    String moreCurves,
    String reliability,
    String calibration,
    List<BinRow> bins,
    ConfusionView confusion,
    WorstImagesView images) {

  /**
   * @param key the number of the kind in the page's script
   * @param width the width of the bar; the longest bar has 100 %
   */
  record OutcomeRow(String word, String meaning, String css, int key, String count, String width) {}

  /**
   * @param svg inserted without escaping
   */
  record CurveView(String name, String area, String objects, String svg) {}

  record BinRow(String range, String detections, String meanScore, String right) {}

  private static final int CURVES_AT_FIRST = 12;

  static MatchesView of(Matches matches, EvaluationPage page) {
    VisionTask task = page.criteria().task();
    MatchWords words = MatchWords.of(task);
    List<CurveView> curves = matches.curves().stream().map(c -> curve(c, words)).toList();
    int cut = curves.size() <= CURVES_AT_FIRST + 2 ? curves.size() : CURVES_AT_FIRST;
    return new MatchesView(
        words,
        outcomes(matches, task),
        curves.subList(0, cut),
        curves.subList(cut, curves.size()),
        cut == curves.size() ? "" : Wording.count(curves.size() - cut) + " more",
        ChartDrawing.reliability(matches.bins(), words),
        calibration(matches.bins(), words),
        matches.bins().stream().map(MatchesView::bin).toList(),
        confusion(matches.confusion(), task),
        WorstImagesView.of(matches, page));
  }

  private static List<OutcomeRow> outcomes(Matches matches, VisionTask task) {
    long most = matches.counts().of().stream().mapToLong(Long::longValue).max().orElse(0);
    List<OutcomeRow> rows = new ArrayList<>();
    for (MatchKind kind : MatchKind.values()) {
      kind.meaning(task)
          .ifPresent(
              meaning -> rows.add(outcome(kind, meaning, matches.counts().count(kind), most)));
    }
    return List.copyOf(rows);
  }

  private static OutcomeRow outcome(MatchKind kind, String meaning, long count, long most) {
    return new OutcomeRow(
        kind.word(),
        meaning,
        kind.css(),
        kind.place(),
        Wording.count(count),
        Wording.length(count, most));
  }

  private static CurveView curve(Curve curve, MatchWords words) {
    return new CurveView(
        curve.name(),
        String.format(Locale.ROOT, "%.3f", curve.area()),
        Wording.count(curve.objects(), words.subject()),
        ChartDrawing.curve(curve));
  }

  /** The expected calibration error (Guo et al., 2017), with ten bins. */
  private static String calibration(List<ScoreBin> bins, MatchWords words) {
    long all = bins.stream().mapToLong(ScoreBin::detections).sum();
    double error =
        bins.stream()
            .mapToDouble(b -> b.detections() * Math.abs(b.precision() - b.meanScore()))
            .sum();
    return all == 0
        ? "There are no " + words.answers() + "."
        : String.format(
            Locale.ROOT,
            "Expected calibration error %.3f over %s.",
            error / all,
            Wording.count(all, words.answer()));
  }

  private static BinRow bin(ScoreBin bin) {
    double from = (double) bin.place() / ScoreBin.BINS;
    return new BinRow(
        String.format(Locale.ROOT, "%.1f to %.1f", from, from + 1.0 / ScoreBin.BINS),
        Wording.count(bin.detections()),
        String.format(Locale.ROOT, "%.3f", bin.meanScore()),
        String.format(Locale.ROOT, "%.3f", bin.precision()));
  }

  private static ConfusionView confusion(Confusion confusion, VisionTask task) {
    List<String> columns = new ArrayList<>(confusion.classes());
    columns.add(MatchWords.of(task).unanswered());
    List<String> names = new ArrayList<>(confusion.classes());
    if (task == VisionTask.DETECT) {
      names.add("no object");
    } else if (task == VisionTask.TAG) {
      names.add("not shown");
    }
    return ConfusionView.of(names, columns, confusion.counts());
  }
}
