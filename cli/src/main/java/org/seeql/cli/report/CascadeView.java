package org.seeql.cli.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seeql.job.find.FindReport;
import org.seeql.planner.cascade.RungCounts;

/**
 * The rungs and models of a cascade, formatted for the page: expected and actual figures.
 *
 * @param figures sentences about the whole plan
 * @param legend what the histograms show
 */
record CascadeView(
    List<Sentence> figures, List<ModelRow> models, String legend, List<ClassRungs> classes) {

  record Sentence(String name, String text) {}

  /** A model; actual figures are dashes if no image was processed. */
  record ModelRow(
      String name,
      String expectedImages,
      String actualImages,
      String expectedCost,
      String actualCost) {}

  record ClassRungs(String name, List<RungView> rungs) {}

  /**
   * @param title the position and the model
   * @param svg a picture without texts of users, inserted without escaping
   */
  record RungView(String title, String settled, String note, String svg) {}

  private static final RungCounts NONE =
      new RungCounts(0, 0, 0, Collections.nCopies(RungCounts.BINS, 0L));

  /** The view; empty if the plan is no cascade, or has no model. */
  static Optional<CascadeView> of(FindReport report) {
    List<FindReport.RungAnswers> rungs = report.rungs();
    if (rungs.isEmpty()) {
      return Optional.empty();
    }
    boolean ran = report.counts().images() > 0;
    Map<String, List<RungView>> classes = new LinkedHashMap<>();
    rungs.forEach(
        rung ->
            classes.computeIfAbsent(rung.className(), name -> new ArrayList<>()).add(view(rung)));
    boolean isActual = rungs.stream().anyMatch(rung -> rung.actual().isPresent());
    boolean isExpected = rungs.stream().anyMatch(rung -> rung.expected().isPresent());
    return Optional.of(
        new CascadeView(
            figures(report),
            report.modelShares().stream().map(share -> row(share, ran)).toList(),
            legend(isActual, isExpected),
            classes.entrySet().stream()
                .map(e -> new ClassRungs(e.getKey(), List.copyOf(e.getValue())))
                .toList()));
  }

  private static List<Sentence> figures(FindReport report) {
    List<Sentence> figures = new ArrayList<>();
    report
        .reference()
        .ifPresent(
            reference -> {
              figures.add(new Sentence("Reference", reference.choice()));
              figures.add(
                  new Sentence("Cost of the run", report.costsWithReference().orElseThrow()));
            });
    figures.add(
        new Sentence(
            "Cost of the plan",
            millis(report.plan().expectedCostMillis())
                + " per image expected"
                + (report.counts().images() == 0
                    ? ""
                    : ", %s actual, for %s"
                        .formatted(
                            millis(report.costMillis()),
                            Wording.count(report.counts().images(), "image")))));
    report.plan().guarantees().forEach(text -> figures.add(new Sentence("Certified", text)));
    return List.copyOf(figures);
  }

  private static ModelRow row(FindReport.ModelShare share, boolean ran) {
    return new ModelRow(
        share.model(),
        percent(share.expected()),
        ran ? percent(share.actual()) : "–",
        millis(share.expectedMillis()),
        ran && share.actual() > 0 ? millis(share.actualMillis()) : "–");
  }

  private static String legend(boolean isActual, boolean isExpected) {
    String bars =
        isActual
            ? "Bars are images of this run by their score."
            : "Bars are images of the sample by their score.";
    String line =
        isActual && isExpected ? " The dashed line is the expectation from the sample." : "";
    return bars
        + line
        + " A rung says yes on the coloured side and no on the grey side; between them, the next"
        + " model answers. A cut bar has its number next to it.";
  }

  private static RungView view(FindReport.RungAnswers answers) {
    RungCounts shown = answers.actual().or(answers::expected).orElse(NONE);
    String settled =
        answers
            .actual()
            .map(
                actual -> "settled " + Wording.percent(actual.yes() + actual.no(), actual.images()))
            .orElse("");
    String expected =
        answers.expected().map(e -> "%s expected".formatted(percent(e.settled()))).orElse("");
    String images =
        answers
            .actual()
            .map(
                actual ->
                    "%s: %s yes, %s no, %s unsure"
                        .formatted(
                            Wording.count(actual.images(), "image"),
                            Wording.count(actual.yes()),
                            Wording.count(actual.no()),
                            Wording.count(actual.unsure())))
            .orElse("");
    return new RungView(
        answers.position() + ". " + answers.rung().model(),
        settled.isEmpty() ? expected : expected.isEmpty() ? settled : settled + ", " + expected,
        images,
        RungDrawing.svg(
            answers.rung(),
            shown,
            answers.actual().isPresent() ? answers.expected() : Optional.empty()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, "%.2f ms", millis);
  }
}
