package org.seeql.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seeql.cli.report.EvaluationPage.MatchMark;
import org.seeql.cli.report.EvaluationPage.MatchedPicture;
import org.seeql.cli.report.EvaluationPage.Matches;
import org.seeql.cli.report.RunPage.Box;

/** The images with the most errors, formatted for the page. */
record WorstImagesView(String summary, List<ChipView> filters, List<PictureView> pictures) {

  boolean any() {
    return !pictures.isEmpty();
  }

  /** A kind of match that the page can filter by. */
  record ChipView(String word, String css, int key) {}

  /**
   * @param ratio width divided by height
   * @param alt the alternative text for readers who cannot see the picture
   * @param boxes right ones first, so that errors are drawn on top
   * @param labels the outcomes without a box
   */
  record PictureView(
      int number,
      String name,
      String imageId,
      String size,
      String ratio,
      String jpeg,
      String alt,
      String errors,
      List<BoxView> boxes,
      List<LabelView> labels) {
    boolean labelled() {
      return !labels.isEmpty();
    }
  }

  /**
   * @param line the CSS class of the line: of an object or of a detection
   * @param tag empty for a box without a tag
   */
  record BoxView(
      String css,
      String line,
      int key,
      String score,
      String tag,
      String x,
      String y,
      String width,
      String height,
      String tagCss,
      String tagStyle) {}

  record LabelView(String css, int key, String score, String tag) {}

  private static final int TAGS_AT_FIRST = 6;

  /** A box that starts above this fraction of the height, from the top, has its tag inside. */
  private static final double HIGH = 0.1;

  /** A box that starts right of this fraction of the width has a right-aligned tag. */
  private static final double RIGHT = 0.6;

  static WorstImagesView of(Matches matches, EvaluationPage page) {
    List<PictureView> pictures = new ArrayList<>();
    for (MatchedPicture picture : matches.images()) {
      pictures.add(picture(picture, pictures.size() + 1));
    }
    return new WorstImagesView(
        summary(matches, page),
        Arrays.stream(MatchKind.values())
            .filter(kind -> matches.counts().count(kind) > 0)
            .map(kind -> new ChipView(kind.word(), kind.css(), kind.place()))
            .toList(),
        List.copyOf(pictures));
  }

  private static String summary(Matches matches, EvaluationPage page) {
    long all = page.overall().map(EvaluationPage.Measures::images).orElse(0L);
    String errors =
        "%s of %s with errors"
            .formatted(Wording.count(matches.imagesWithErrors()), Wording.count(all, "image"));
    return matches.images().isEmpty()
        ? errors + "."
        : errors
            + "; the page shows %s: those with the most errors, and those with the most of each kind.%s"
                .formatted(
                    Wording.count(matches.images().size()),
                    MatchWords.of(page.criteria().task()).drawing());
  }

  static PictureView picture(MatchedPicture picture, int number) {
    List<BoxView> boxes = new ArrayList<>();
    List<LabelView> labels = new ArrayList<>();
    int tags = 0;
    for (MatchMark mark : ordered(picture.marks())) {
      boolean isError = mark.kind() != MatchKind.FOUND;
      boolean tagLater = isError && ++tags > TAGS_AT_FIRST;
      mark.object().ifPresent(box -> boxes.add(object(box, mark, tagLater, picture)));
      mark.detection().ifPresent(box -> boxes.add(detection(box, mark, tagLater, picture)));
      if (mark.object().isEmpty() && mark.detection().isEmpty()) {
        labels.add(new LabelView(mark.kind().css(), mark.kind().place(), score(mark), tag(mark)));
      }
    }
    return new PictureView(
        number,
        picture.fileName(),
        picture.imageId(),
        picture.width() + " × " + picture.height(),
        String.format(Locale.ROOT, "%.4f", (double) picture.width() / picture.height()),
        picture.jpeg(),
        alt(picture),
        Wording.count(picture.errors(), "error"),
        List.copyOf(boxes),
        List.copyOf(labels));
  }

  private static List<MatchMark> ordered(List<MatchMark> marks) {
    List<MatchMark> ordered = new ArrayList<>();
    marks.stream().filter(mark -> mark.kind() == MatchKind.FOUND).forEach(ordered::add);
    marks.stream().filter(mark -> mark.kind() != MatchKind.FOUND).forEach(ordered::add);
    return ordered;
  }

  private static BoxView object(Box box, MatchMark mark, boolean tagLater, MatchedPicture picture) {
    return box(
        box, mark, "truth", mark.kind() == MatchKind.MISSED ? tag(mark) : "", tagLater, picture);
  }

  private static BoxView detection(
      Box box, MatchMark mark, boolean tagLater, MatchedPicture picture) {
    boolean isFound = mark.kind() == MatchKind.FOUND;
    return box(box, mark, "box", tag(mark), isFound || tagLater, picture);
  }

  private static BoxView box(
      Box box, MatchMark mark, String line, String tag, boolean tagLater, MatchedPicture picture) {
    double w = picture.width();
    double h = picture.height();
    String side =
        box.xMin() > RIGHT * w
            ? "right:" + Wording.length(w - box.xMax(), w)
            : "left:" + Wording.length(box.xMin(), w);
    return new BoxView(
        mark.kind().css(),
        line,
        mark.kind().place(),
        score(mark),
        tag,
        Wording.length(box.xMin(), w),
        Wording.length(box.yMin(), h),
        Wording.length(box.xMax() - box.xMin(), w),
        Wording.length(box.yMax() - box.yMin(), h),
        (box.yMin() < HIGH * h ? " in" : "") + (tagLater ? " later" : ""),
        side + ";top:" + Wording.length(box.yMin(), h));
  }

  /** A missed object is shown whatever the least confidence is. */
  private static String score(MatchMark mark) {
    return mark.score().isPresent() ? Wording.score(mark.score().getAsDouble()) : "1";
  }

  private static String tag(MatchMark mark) {
    String predicted = mark.predicted().orElse("") + " " + score(mark);
    return switch (mark.kind()) {
      case FOUND -> predicted;
      case MISSED -> mark.actual().orElse("") + " missed";
      case WRONG_CLASS -> predicted + " is " + mark.actual().orElse("another class");
      case POOR_OVERLAP ->
          predicted + " overlap " + EvaluationView.figure(mark.iou()).replaceFirst("\\d$", "");
      case DUPLICATE, BACKGROUND -> predicted + " " + mark.kind().word();
    };
  }

  private static String alt(MatchedPicture picture) {
    return picture.fileName()
        + ": "
        + ordered(picture.marks()).stream()
            .filter(mark -> mark.kind() != MatchKind.FOUND)
            .limit(12)
            .map(WorstImagesView::tag)
            .collect(Collectors.joining(", "));
  }
}
