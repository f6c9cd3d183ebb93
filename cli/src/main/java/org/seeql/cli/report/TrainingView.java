package org.seeql.cli.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seeql.cli.report.TrainingPage.Wrong;
import org.seeql.job.train.StoredTraining;

/**
 * A training, formatted for the page.
 *
 * @param missing why nothing is shown
 * @param findings in display order
 * @param columns the names of the columns of numbers
 * @param classes one row per class
 * @param losses a picture in SVG, inserted without escaping
 * @param confusion at most one
 * @param mistakes how many pictures are shown
 */
record TrainingView(
    String missing,
    List<Line> findings,
    List<String> columns,
    List<ClassRow> classes,
    String losses,
    List<StepRow> steps,
    List<ConfusionView> confusion,
    String mistakes,
    List<WrongView> pictures) {

  record Line(String name, String value) {}

  record ClassRow(String name, List<String> values) {}

  record StepRow(
      String regularisation,
      String trainingLoss,
      String validationLoss,
      String accuracy,
      String chosen) {}

  /**
   * @param ratio width divided by height
   * @param alt the alternative text for readers who cannot see the picture
   * @param score of the answer, from 0 to 1
   */
  record WrongView(
      int number,
      String name,
      String imageId,
      String size,
      String ratio,
      String jpeg,
      String alt,
      String tag,
      String score) {}

  /** The findings that the rest of the page shows. */
  private static final List<String> SHOWN_ELSEWHERE = List.of("trained");

  static TrainingView of(TrainingPage page) {
    return page.stored()
        .map(stored -> of(page, stored))
        .orElseGet(
            () ->
                new TrainingView(
                    "The training has not completed, so there is no model yet.",
                    List.of(),
                    List.of(),
                    List.of(),
                    "",
                    List.of(),
                    List.of(),
                    "",
                    List.of()));
  }

  private static TrainingView of(TrainingPage page, StoredTraining stored) {
    List<WrongView> pictures = new ArrayList<>();
    page.pictures().forEach(wrong -> pictures.add(picture(wrong, pictures.size() + 1)));
    return new TrainingView(
        "",
        stored.findings().entrySet().stream()
            .filter(entry -> !SHOWN_ELSEWHERE.contains(entry.getKey()))
            .map(entry -> new Line(entry.getKey(), entry.getValue()))
            .toList(),
        stored.columns().stream().skip(1).map(name -> name.replace('_', ' ')).toList(),
        stored.classes().stream().map(TrainingView::row).toList(),
        ChartDrawing.losses(stored.steps(), stored.lambda()),
        stored.steps().stream().map(step -> row(step, stored.lambda())).toList(),
        confusion(stored).stream().toList(),
        mistakes(page),
        List.copyOf(pictures));
  }

  private static ClassRow row(List<Object> values) {
    return new ClassRow(
        String.valueOf(values.get(0)), values.stream().skip(1).map(TrainingView::figure).toList());
  }

  private static String figure(Object value) {
    if (value == null) {
      return "–";
    }
    return value instanceof Integer || value instanceof Long
        ? Wording.count(((Number) value).longValue())
        : String.format(Locale.ROOT, "%.3f", ((Number) value).doubleValue());
  }

  private static StepRow row(StoredTraining.Step step, double lambda) {
    return new StepRow(
        BigDecimal.valueOf(step.lambda()).stripTrailingZeros().toPlainString(),
        String.format(Locale.ROOT, "%.4f", step.trainingLoss()),
        String.format(Locale.ROOT, "%.4f", step.validationLoss()),
        String.format(Locale.ROOT, "%.4f", step.validationAccuracy()),
        step.lambda() == lambda ? "chosen" : "");
  }

  private static Optional<ConfusionView> confusion(StoredTraining stored) {
    List<String> names =
        stored.classes().stream().map(values -> String.valueOf(values.get(0))).toList();
    return stored.confusion().map(counts -> ConfusionView.of(names, names, counts));
  }

  private static String mistakes(TrainingPage page) {
    long unreadable = page.unreadable();
    if (page.pictures().isEmpty() && unreadable == 0) {
      return "All answers on the holdout are right.";
    }
    String shown =
        "The answers on the holdout with the lowest probability of the right answer, the worst"
            + " first.";
    return unreadable == 0
        ? shown
        : "%s %s could not be read again.".formatted(shown, Wording.count(unreadable, "picture"));
  }

  private static WrongView picture(Wrong wrong, int number) {
    StoredTraining.Mistake mistake = wrong.mistake();
    String tag = tag(mistake);
    return new WrongView(
        number,
        mistake.path(),
        mistake.id(),
        wrong.picture().width() + " × " + wrong.picture().height(),
        String.format(
            Locale.ROOT, "%.4f", (double) wrong.picture().width() / wrong.picture().height()),
        wrong.picture().jpeg(),
        mistake.path() + ": " + tag,
        tag,
        Wording.score(mistake.score()));
  }

  private static String tag(StoredTraining.Mistake mistake) {
    return switch (mistake.answer()) {
      case "yes" -> "no " + mistake.label() + ", answered yes";
      case "no" -> mistake.label() + ", answered no";
      default -> mistake.label() + ", answered " + mistake.answer();
    };
  }
}
