package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import org.seeql.datasets.record.AnnotationRecord;
import org.seeql.datasets.record.AnnotationRecord.Box;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.Section;

/** Checks annotations, also against each other. Each annotation must be checked exactly once. */
final class AnnotationCheck {
  // Boxes of polygons are rounded, and tools disagree whether the first pixel is 0 or 1.
  private static final double TOLERANCE_PIXELS = 1;

  private final Catalogue catalogue;
  private final LongSet ids = new LongSet();

  AnnotationCheck(Catalogue catalogue) {
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
  }

  /**
   * @param source the number of the source that contains it, from 0
   */
  Optional<Problem> problem(AnnotationRecord annotation, int source, Place place) {
    if (!ids.add(annotation.id())) {
      String reason = "an earlier annotation has the same id";
      return problem(Problem.Kind.DUPLICATE_ID, annotation, place, reason);
    }
    Optional<Catalogue.Size> image = catalogue.image(annotation.imageId());
    if (image.isEmpty()) {
      String reason = "there is no image " + annotation.imageId();
      return problem(Problem.Kind.UNKNOWN_IMAGE, annotation, place, reason);
    }
    if (!catalogue.categories().containsKey(annotation.categoryId())) {
      String reason = "there is no category " + annotation.categoryId();
      return problem(Problem.Kind.UNKNOWN_CATEGORY, annotation, place, reason);
    }
    if (catalogue.skippedImages().contains(source, annotation.imageId())) {
      String reason = "its image " + annotation.imageId() + " is skipped";
      return problem(Problem.Kind.UNKNOWN_IMAGE, annotation, place, reason);
    }
    if (catalogue.skippedCategories().contains(source, annotation.categoryId())) {
      String reason = "its category " + annotation.categoryId() + " is skipped";
      return problem(Problem.Kind.UNKNOWN_CATEGORY, annotation, place, reason);
    }
    Optional<Problem> problem = boxProblem(annotation, image.get(), place);
    return problem.isPresent() ? problem : valueProblem(annotation, place);
  }

  private static Optional<Problem> boxProblem(
      AnnotationRecord annotation, Catalogue.Size image, Place place) {
    Box box = annotation.box();
    if (!(box.width() > 0 && box.height() > 0)) {
      String reason = "its box has no area: " + text(box);
      return problem(Problem.Kind.BOX_SIZE, annotation, place, reason);
    }
    if (!isWithin(box, image)) {
      String reason =
          "its box %s is not within image %d, which has %d x %d pixels"
              .formatted(text(box), annotation.imageId(), image.width(), image.height());
      return problem(Problem.Kind.BOX_OUTSIDE, annotation, place, reason);
    }
    return Optional.empty();
  }

  private static Optional<Problem> valueProblem(AnnotationRecord annotation, Place place) {
    if (annotation.area() < 0) {
      String reason = "its area is " + number(annotation.area());
      return problem(Problem.Kind.BAD_VALUE, annotation, place, reason);
    }
    if (annotation.traits().pose().orElse("").length() > DataSetTables.LONGEST_NAME) {
      String reason = "its pose has more than " + DataSetTables.LONGEST_NAME + " characters";
      return problem(Problem.Kind.BAD_VALUE, annotation, place, reason);
    }
    return Optional.empty();
  }

  private static boolean isWithin(Box box, Catalogue.Size image) {
    return box.x() >= -TOLERANCE_PIXELS
        && box.y() >= -TOLERANCE_PIXELS
        && box.x() + box.width() <= image.width() + TOLERANCE_PIXELS
        && box.y() + box.height() <= image.height() + TOLERANCE_PIXELS;
  }

  private static Optional<Problem> problem(
      Problem.Kind kind, AnnotationRecord annotation, Place place, String reason) {
    return Optional.of(
        new Problem(kind, Section.ANNOTATIONS, place, "annotation " + annotation.id(), reason));
  }

  private static String text(Box box) {
    return "[%s, %s, %s, %s]"
        .formatted(number(box.x()), number(box.y()), number(box.width()), number(box.height()));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.valueOf(value);
  }
}
