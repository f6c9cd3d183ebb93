package org.seeql.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.seeql.cli.report.EvaluationPage.Measures;
import org.seeql.cli.report.EvaluationPage.Timing;
import org.seeql.planner.plan.VisionTask;

/**
 * The measures of an evaluation, formatted for the page.
 *
 * @param summary what the measures apply to
 * @param columns the names of the columns of numbers
 * @param missing what the page does not show, and why
 * @param matches at most one
 */
record EvaluationView(
    String summary,
    List<String> columns,
    List<MeasureRow> classes,
    List<TimingRow> timings,
    String missing,
    List<MatchesView> matches) {

  record MeasureRow(String name, List<String> values) {}

  record TimingRow(String device, String engine, String batchSize, String time) {}

  /** Whether there are rows of classes. */
  boolean measured() {
    return !classes.isEmpty();
  }

  /** Whether there are rows of batch sizes. */
  boolean timed() {
    return !timings.isEmpty();
  }

  static EvaluationView of(EvaluationPage page) {
    VisionTask task = page.criteria().task();
    List<MeasureRow> rows = new ArrayList<>();
    page.classes().forEach(of -> rows.add(row(of, task)));
    page.overall().ifPresent(all -> rows.add(row(all, task)));
    return new EvaluationView(
        summary(page.criteria()),
        columns(task),
        List.copyOf(rows),
        page.timings().stream().map(EvaluationView::timing).toList(),
        page.missing().orElse(""),
        page.matches().stream().map(matches -> MatchesView.of(matches, page)).toList());
  }

  private static String summary(EvaluationPage.Criteria criteria) {
    return switch (criteria.task()) {
      case DETECT ->
          "On %s. Precision and recall are those of detections with a score of at least %s and an overlap of at least %s; the true and the false positive rate are those of images that show a class."
              .formatted(
                  criteria.dataset(), number(criteria.confidence()), number(criteria.matchIou()));
      case CLASSIFY ->
          "On %s. An image is answered by its class with the highest score."
              .formatted(criteria.dataset());
      case TAG ->
          "On %s. An image is answered by its tags with a score of at least %s. All measures are those of images that show a class; over all classes, precision, recall and F1 are means."
              .formatted(criteria.dataset(), number(criteria.confidence()));
      case EMBED -> throw vectors();
    };
  }

  /** A bug: vectors have no measures. */
  static IllegalStateException vectors() {
    return new IllegalStateException("vectors cannot be evaluated");
  }

  private static List<String> columns(VisionTask task) {
    return switch (task) {
      case DETECT ->
          List.of("images", "objects", "AP@.5", "AP", "precision", "recall", "TPR", "FPR");
      case CLASSIFY -> List.of("images", "precision", "recall", "TPR", "FPR");
      case TAG -> List.of("images", "precision", "recall", "F1", "TPR", "FPR");
      case EMBED -> throw vectors();
    };
  }

  private static MeasureRow row(Measures of, VisionTask task) {
    List<String> values = new ArrayList<>(List.of(Wording.count(of.images())));
    if (task == VisionTask.DETECT) {
      values.addAll(List.of(Wording.count(of.objects()), figure(of.ap50()), figure(of.ap())));
    }
    values.addAll(List.of(figure(of.precision()), figure(of.recall())));
    if (task == VisionTask.TAG) {
      values.add(figure(of.f1()));
    }
    values.addAll(List.of(figure(of.presentTpr()), figure(of.presentFpr())));
    return new MeasureRow(of.name(), List.copyOf(values));
  }

  private static TimingRow timing(Timing timing) {
    return new TimingRow(
        timing.device(),
        timing.engine(),
        Wording.count(timing.batchSize()),
        String.format(Locale.ROOT, "%.2f ms", timing.secondsPerImage() * 1_000));
  }

  /** A measure with three decimals, or a dash if it is undefined. */
  static String figure(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "–";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%s", value).replaceAll("\\.0$", "");
  }
}
