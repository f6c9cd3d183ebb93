package org.seeql.cli.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.seeql.cli.report.Comparison.Difference;
import org.seeql.cli.report.Comparison.Measure;
import org.seeql.cli.report.Comparison.Pair;
import org.seeql.cli.report.Comparison.PicturePair;
import org.seeql.cli.report.EvaluationPage.Measures;
import org.seeql.planner.plan.VisionTask;

/**
 * The view of a comparison that the template renders. The template omits a part whose string or
 * list is empty.
 *
 * @param order the measure by whose difference the classes are ordered
 * @param subjects what is counted for each class
 * @param words at most one: none if images are not compared
 * @param missing why images are not compared
 * @param pictures pairs of pictures of one image
 */
record ComparisonView(
    String title,
    List<SideView> sides,
    List<String> notes,
    List<HeadingView> measures,
    String order,
    String subjects,
    List<ClassRow> classes,
    List<MatchWords> words,
    String missing,
    String differences,
    List<ImageRow> images,
    List<PairView> pictures,
    String written,
    List<PageView.ColourView> colours) {

  /**
   * @param letter {@code A} or {@code B}
   */
  record SideView(String letter, String model, String runId, List<HeadView.Figure> figures) {}

  record HeadingView(String title) {}

  record ClassRow(String name, String objects, List<CellView> cells) {}

  /**
   * @param css whether the second is better or worse
   * @param shade how much, in percent
   */
  record CellView(String a, String b, String delta, String css, String shade) {}

  record ImageRow(
      String imageId, String fileName, String onlyA, String onlyB, String falseA, String falseB) {}

  record PairView(
      String difference, WorstImagesView.PictureView a, WorstImagesView.PictureView b) {}

  /** Whether there are images on which the two differ. */
  boolean differing() {
    return !images.isEmpty();
  }

  /** A smaller difference is not marked. */
  private static final double MARKED = 0.0005;

  static ComparisonView of(
      Comparison comparison, List<PicturePair> pictures, Instant written, ZoneId zone) {
    List<ClassRow> classes = new ArrayList<>();
    comparison.classes().forEach(pair -> classes.add(row(comparison, pair)));
    classes.add(row(comparison, comparison.overall()));
    List<PairView> pairs = new ArrayList<>();
    for (PicturePair pair : pictures) {
      int number = 2 * pairs.size() + 1;
      pairs.add(
          new PairView(
              described(pair.difference(), comparison.task()),
              WorstImagesView.picture(pair.a(), number),
              WorstImagesView.picture(pair.b(), number + 1)));
    }
    return new ComparisonView(
        "%s and %s on %s"
            .formatted(comparison.a().model(), comparison.b().model(), comparison.dataset()),
        List.of(side("A", comparison), side("B", comparison)),
        comparison.notes(),
        comparison.measures().stream().map(measure -> new HeadingView(measure.title())).toList(),
        comparison.order().title(),
        comparison.task() == VisionTask.DETECT ? "objects" : "images",
        List.copyOf(classes),
        comparison.images().map(d -> MatchWords.of(comparison.task())).stream().toList(),
        comparison.missing().orElse(""),
        comparison.images().map(ComparisonView::differences).orElse(""),
        comparison.images().stream()
            .flatMap(d -> d.images().stream())
            .map(ComparisonView::image)
            .toList(),
        List.copyOf(pairs),
        Wording.moment(written, zone),
        PageView.paletteColours());
  }

  private static SideView side(String letter, Comparison comparison) {
    boolean isFirst = letter.equals("A");
    Comparison.Side side = isFirst ? comparison.a() : comparison.b();
    List<HeadView.Figure> figures = new ArrayList<>();
    for (Measure measure : comparison.measures()) {
      OptionalDouble value = measure.values(comparison.overall()).get(isFirst ? 0 : 1);
      figures.add(
          new HeadView.Figure(EvaluationView.figure(value), "", measure.title(), "all classes"));
    }
    return new SideView(letter, side.model(), side.runId(), List.copyOf(figures));
  }

  private static ClassRow row(Comparison comparison, Pair<Measures> pair) {
    List<CellView> cells = new ArrayList<>();
    for (Measure measure : comparison.measures()) {
      List<OptionalDouble> values = measure.values(pair);
      double delta = values.get(2).orElse(0);
      cells.add(
          new CellView(
              EvaluationView.figure(values.get(0)),
              EvaluationView.figure(values.get(1)),
              signed(values.get(2)),
              Math.abs(delta) < MARKED ? "none" : delta > 0 ? "right" : "wrong",
              Wording.length(Math.min(1, 2 * Math.abs(delta)), 1.0)));
    }
    return new ClassRow(pair.any().name(), Wording.count(pair.any().objects()), cells);
  }

  private static String signed(OptionalDouble delta) {
    return delta.isPresent() ? String.format(Locale.ROOT, "%+.3f", delta.getAsDouble()) : "–";
  }

  private static String differences(Comparison.Differences differences) {
    int listed = differences.images().size();
    String all = "They differ on " + Wording.count(differences.count(), "image");
    return listed < differences.count()
        ? all + "; the " + Wording.count(listed) + " with the greatest difference are listed."
        : all + ".";
  }

  private static ImageRow image(Difference image) {
    return new ImageRow(
        image.imageId(),
        image.fileName(),
        Wording.count(image.onlyA()),
        Wording.count(image.onlyB()),
        Wording.count(image.falseA()),
        Wording.count(image.falseB()));
  }

  private static String described(Difference image, VisionTask task) {
    if (task == VisionTask.CLASSIFY) {
      return image.onlyA() > 0
          ? "only A is right"
          : image.onlyB() > 0 ? "only B is right" : "neither is right; one has no answer";
    }
    return "only A detects %s, only B %s; A has %s, B %s"
        .formatted(
            Wording.count(image.onlyA(), "object"),
            Wording.count(image.onlyB()),
            Wording.count(image.falseA(), "false positive"),
            Wording.count(image.falseB()));
  }
}
