package org.seeql.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seeql.cli.report.RunPage.Answer;
import org.seeql.cli.report.RunPage.Box;
import org.seeql.cli.report.RunPage.Findings;
import org.seeql.cli.report.RunPage.Mark;
import org.seeql.cli.report.RunPage.Picture;
import org.seeql.udf.detect.GeometryKind;

/** The pictures and their findings, formatted for the page. */
record GalleryView(String summary, List<ChipView> filters, List<PictureView> pictures) {

  boolean any() {
    return !pictures.isEmpty();
  }

  /** Whether pictures have maps, whose opacity can be changed. */
  boolean mapped() {
    return pictures.stream().anyMatch(picture -> !picture.heats().isEmpty());
  }

  /** A class that the page can filter by. */
  record ChipView(String label, String css, int key) {}

  /**
   * @param ratio width divided by height
   * @param alt the alternative text for readers who cannot see the picture
   * @param heats at most one: the coloured map of an explanation
   * @param boxes by ascending confidence, so that confident boxes are drawn on top
   * @param labels the labels of answers without a box
   */
  record PictureView(
      int number,
      String name,
      String imageId,
      String size,
      String ratio,
      String jpeg,
      String alt,
      String found,
      List<String> heats,
      List<BoxView> boxes,
      List<LabelView> labels) {
    boolean labelled() {
      return !labels.isEmpty();
    }
  }

  /**
   * @param line the CSS class of the box
   * @param outlines at most one: a mask, key points or corners
   * @param tagStyle the position of the tag
   */
  record BoxView(
      String css,
      String line,
      List<OutlineView> outlines,
      int key,
      String score,
      String label,
      String x,
      String y,
      String width,
      String height,
      String tagCss,
      String tagStyle) {}

  /**
   * An outline in pixels of the original image.
   *
   * @param css whether the path is a mask or corners
   * @param radius of a key point
   */
  record OutlineView(
      String viewBox, String css, String path, String radius, List<Outline.Point> points) {}

  record LabelView(String css, int key, String score, String label) {}

  private static final int TAGS_AT_FIRST = 6;
  private static final int NAMED_IN_ALT = 12;

  /** A key point is drawn with a radius of this fraction of the longest side. */
  private static final double POINTS_ACROSS = 120;

  /** A box that starts above this fraction of the height, from the top, has its tag inside. */
  private static final double HIGH = 0.1;

  /** A box that starts right of this fraction of the width has a right-aligned tag. */
  private static final double RIGHT = 0.6;

  static GalleryView of(RunPage page, ClassPalette palette) {
    List<PictureView> pictures = new ArrayList<>();
    for (Picture picture : page.gallery().pictures()) {
      pictures.add(picture(picture, pictures.size() + 1, page.findings().answer(), palette));
    }
    return new GalleryView(summary(page), filters(page, palette), List.copyOf(pictures));
  }

  private static String summary(RunPage page) {
    Findings findings = page.findings();
    int shown = page.gallery().pictures().size();
    String all =
        switch (findings.answer()) {
          case BOX -> "with detections";
          case LABEL -> "with a label";
          case PRESENCE -> "with a class";
        };
    String summary =
        shown < findings.images()
            ? String.format(
                "%s of the %s %s, spread over classes and confidences.",
                Wording.count(shown), Wording.count(findings.images(), "image"), all)
            : String.format("All %s %s.", Wording.count(findings.images(), "image"), all);
    long unreadable = page.gallery().unreadable();
    return unreadable == 0
        ? summary
        : summary
            + String.format(
                " %s could not be read again for this page.", Wording.count(unreadable, "image"));
  }

  private static List<ChipView> filters(RunPage page, ClassPalette palette) {
    return page.gallery().pictures().stream()
        .flatMap(picture -> picture.marks().stream())
        .map(
            mark ->
                new ChipView(mark.label(), palette.css(mark.label()), palette.key(mark.label())))
        .distinct()
        .filter(chip -> chip.key() >= 0)
        .sorted((a, b) -> Integer.compare(a.key(), b.key()))
        .toList();
  }

  private static PictureView picture(
      Picture picture, int number, Answer answer, ClassPalette palette) {
    List<BoxView> boxes = new ArrayList<>();
    List<LabelView> labels = new ArrayList<>();
    for (Mark mark : picture.marks()) {
      String css = palette.css(mark.label());
      int key = palette.key(mark.label());
      String score = Wording.score(mark.score());
      mark.box()
          .ifPresentOrElse(
              box -> boxes.add(0, box(box, mark, boxes.size() >= TAGS_AT_FIRST, picture, palette)),
              () -> labels.add(new LabelView(css, key, score, mark.label())));
    }
    String noun = answer == Answer.BOX ? "object" : answer == Answer.LABEL ? "label" : "class";
    return new PictureView(
        number,
        picture.fileName(),
        picture.imageId(),
        picture.width() + " × " + picture.height(),
        String.format(Locale.ROOT, "%.4f", (double) picture.width() / picture.height()),
        picture.jpeg(),
        alt(picture),
        answer == Answer.LABEL ? "" : Wording.count(picture.marks().size(), noun),
        picture.marks().stream().flatMap(mark -> mark.heat().stream()).limit(1).toList(),
        List.copyOf(boxes),
        List.copyOf(labels));
  }

  private static BoxView box(
      Box box, Mark mark, boolean tagLater, Picture picture, ClassPalette palette) {
    double w = picture.width();
    double h = picture.height();
    boolean right = box.xMin() > RIGHT * w;
    boolean inside = box.yMin() < HIGH * h;
    String side =
        right
            ? "right:" + Wording.length(w - box.xMax(), w)
            : "left:" + Wording.length(box.xMin(), w);
    return new BoxView(
        palette.css(mark.label()),
        mark.outline().filter(o -> o.kind() == GeometryKind.CORNERS).isPresent() ? "around" : "box",
        mark.outline().map(outline -> outline(outline, picture)).stream().toList(),
        palette.key(mark.label()),
        Wording.score(mark.score()),
        mark.label(),
        Wording.length(box.xMin(), w),
        Wording.length(box.yMin(), h),
        Wording.length(box.xMax() - box.xMin(), w),
        Wording.length(box.yMax() - box.yMin(), h),
        (inside ? " in" : "") + (tagLater ? " later" : ""),
        side + ";top:" + Wording.length(box.yMin(), h));
  }

  private static OutlineView outline(Outline outline, Picture picture) {
    int longest = Math.max(picture.width(), picture.height());
    return new OutlineView(
        "0 0 %d %d".formatted(picture.width(), picture.height()),
        outline.kind() == GeometryKind.MASK ? "mask" : "corners",
        outline.path(),
        String.format(Locale.ROOT, "%.1f", longest / POINTS_ACROSS),
        outline.points());
  }

  private static String alt(Picture picture) {
    String found =
        picture.marks().stream()
            .limit(NAMED_IN_ALT)
            .map(mark -> mark.label() + " " + Wording.score(mark.score()))
            .collect(Collectors.joining(", "));
    int more = picture.marks().size() - NAMED_IN_ALT;
    return picture.fileName() + ": " + found + (more > 0 ? " and " + more + " more" : "");
  }
}
