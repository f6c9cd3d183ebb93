package org.seeql.cli.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The view that the template renders, with formatted texts and lengths. The template omits a part
 * whose string or list is empty.
 *
 * @param plan a picture in SVG, inserted without escaping
 * @param cascade at most one; its rungs
 * @param evaluation at most one; its page shows it instead of the answers
 * @param training at most one; its page shows it instead of the answers
 */
record PageView(
    HeadView head,
    List<StagesView> stages,
    String plan,
    List<CascadeView> cascade,
    List<EvaluationView> evaluation,
    List<TrainingView> training,
    AnswersView answers,
    FailuresView failures,
    SettingsView settings,
    String written,
    List<ColourView> colours) {

  /**
   * The rows of the result.
   *
   * @param missing why the page does not show them
   */
  record AnswersView(String missing, FindingsView findings, GalleryView gallery) {}

  record ColourView(String css, String hex, String ink) {}

  /**
   * @param summary how many of the failures are listed, and the failures by stage
   */
  record FailuresView(String count, String summary, List<RunPage.Failure> listed) {}

  record SettingsView(List<RunPage.Setting> listed, PartitionsView partitions) {}

  record PartitionsView(String summary, List<PartitionRow> rows) {}

  record PartitionRow(
      int number,
      String bounds,
      String state,
      String images,
      String failed,
      String rows,
      String time,
      String rate,
      String committed) {}

  /**
   * @param written when the page was generated
   */
  static PageView of(RunPage page, Instant written, ZoneId zone) {
    ClassPalette palette =
        new ClassPalette(
            page.findings().classes().stream().map(RunPage.ClassFindings::label).toList());
    return new PageView(
        HeadView.of(page, zone),
        stages(page),
        page.search().map(search -> PlanDrawing.svg(search.plan())).orElse(""),
        page.search().flatMap(CascadeView::of).stream().toList(),
        page.evaluation().map(EvaluationView::of).stream().toList(),
        page.training().map(TrainingView::of).stream().toList(),
        new AnswersView(
            page.findings().missing().orElse(""),
            FindingsView.of(page.findings(), palette),
            GalleryView.of(page, palette)),
        failures(page.failures()),
        new SettingsView(page.settings(), partitions(page.partitions(), zone)),
        Wording.moment(written, zone),
        paletteColours());
  }

  private static List<StagesView> stages(RunPage page) {
    List<StagesView> views = new ArrayList<>();
    if (!page.stages().isEmpty()) {
      views.add(StagesView.byTheClock(page.stages(), page.timedImages()));
    }
    if (!page.work().isEmpty()) {
      views.add(StagesView.ofThreads(page.work(), page.timedImages()));
    }
    return List.copyOf(views);
  }

  private static FailuresView failures(RunPage.Failures failures) {
    List<String> parts = new ArrayList<>();
    for (RunPage.FailureCount stage : failures.stages()) {
      parts.add(stage.stage() + " " + Wording.count(stage.count()));
    }
    int listed = failures.listed().size();
    String cut =
        listed < failures.count() ? "The first " + Wording.count(listed) + " are listed. " : "";
    return new FailuresView(
        failures.count() == 0 ? "" : Wording.count(failures.count(), "image"),
        cut + "By stage: " + String.join(", ", parts) + ".",
        failures.listed());
  }

  private static PartitionsView partitions(RunPage.Partitions partitions, ZoneId zone) {
    int listed = partitions.listed().size();
    String summary =
        listed < partitions.count()
            ? "the first " + Wording.count(listed) + " of " + Wording.count(partitions.count())
            : Wording.count(listed);
    return new PartitionsView(
        summary,
        partitions.listed().stream()
            .map(
                p ->
                    new PartitionRow(
                        p.number(),
                        Wording.count(p.firstRow()) + " to " + Wording.count(p.lastRow()),
                        p.state().word(),
                        Wording.count(p.images()),
                        Wording.count(p.failed()),
                        Wording.count(p.rows()),
                        p.time().isZero() ? "–" : Wording.duration(p.time()),
                        Wording.rate(p.images(), p.time()),
                        p.committed().map(at -> Wording.shortMoment(at, zone)).orElse("–")))
            .toList());
  }

  static List<ColourView> paletteColours() {
    List<ColourView> colours = new ArrayList<>();
    for (ClassPalette.Colour colour : ClassPalette.COLOURS) {
      colours.add(new ColourView("c" + colours.size(), colour.hex(), colour.ink()));
    }
    colours.add(new ColourView("cx", ClassPalette.SHARED.hex(), ClassPalette.SHARED.ink()));
    return List.copyOf(colours);
  }
}
