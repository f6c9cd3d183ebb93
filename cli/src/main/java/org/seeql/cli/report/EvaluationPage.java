package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seeql.planner.plan.VisionTask;

/**
 * What the page of an evaluation shows, not yet formatted.
 *
 * @param overall empty if the evaluation has written no measures yet, or they are gone
 * @param classes by descending number of objects
 * @param matches the outcomes of detections and objects, if they were kept
 * @param missing why the measures or the matches are not shown; empty if both are
 */
record EvaluationPage(
    Criteria criteria,
    Optional<Measures> overall,
    List<Measures> classes,
    List<Timing> timings,
    Optional<Matches> matches,
    Optional<String> missing) {
  EvaluationPage {
    requireNonNull(criteria, "criteria is null");
    requireNonNull(overall, "overall is null");
    classes = List.copyOf(classes);
    timings = List.copyOf(timings);
    requireNonNull(matches, "matches is null");
    requireNonNull(missing, "missing is null");
  }

  /**
   * What the measures apply to.
   *
   * @param task of the model, which determines the measures
   */
  record Criteria(VisionTask task, String dataset, double confidence, double matchIou) {
    Criteria {
      requireNonNull(task, "task is null");
      requireNonNull(dataset, "dataset is null");
    }
  }

  /**
   * A row of the evaluation's target.
   *
   * @param name of the class; {@code (all)} for all classes
   * @param accuracy of a classifier, over all classes
   * @param f1 of the images with the class; over all classes, the mean of the classes
   */
  record Measures(
      String name,
      long images,
      long objects,
      OptionalDouble accuracy,
      OptionalDouble ap50,
      OptionalDouble ap,
      OptionalDouble precision,
      OptionalDouble recall,
      OptionalDouble f1,
      OptionalDouble presentTpr,
      OptionalDouble presentFpr) {
    Measures withF1(OptionalDouble newF1) {
      return new Measures(
          name,
          images,
          objects,
          accuracy,
          ap50,
          ap,
          precision,
          recall,
          newF1,
          presentTpr,
          presentFpr);
    }
  }

  record Timing(String device, String engine, int batchSize, double secondsPerImage) {}

  /**
   * The outcomes, summarised by the database.
   *
   * @param counts of the detections and objects that count
   * @param curves by descending number of objects
   * @param bins by ascending score; bins without detections are left out
   * @param images those with the most errors first
   */
  record Matches(
      OutcomeCounts counts,
      List<Curve> curves,
      List<ScoreBin> bins,
      Confusion confusion,
      List<MatchedPicture> images,
      long imagesWithErrors) {
    Matches {
      requireNonNull(counts, "counts is null");
      curves = List.copyOf(curves);
      bins = List.copyOf(bins);
      requireNonNull(confusion, "confusion is null");
      images = List.copyOf(images);
    }
  }

  /** The number of rows of each kind, in the order of {@link MatchKind}. */
  record OutcomeCounts(List<Long> of) {
    OutcomeCounts {
      of = List.copyOf(of);
    }

    long count(MatchKind kind) {
      return of.get(kind.place());
    }
  }

  /**
   * A precision-recall curve by COCO's definition.
   *
   * @param precision at a recall of 0, 0.01 to 1: the maximum at that recall or above; 0 for
   *     recalls that are not reached
   */
  record Curve(String name, long objects, List<Double> precision) {
    static final int POINTS = 101;

    Curve {
      requireNonNull(name, "name is null");
      precision = List.copyOf(precision);
      if (precision.size() != POINTS) {
        throw new IllegalArgumentException("Invalid curve: " + precision.size() + " points (101)");
      }
    }

    /** The mean precision; the average precision at the overlap of the evaluation. */
    double area() {
      return precision.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
  }

  /**
   * The detections with a score in one tenth of 0 to 1.
   *
   * @param place from 0
   * @param right those that match an object
   * @param meanScore of the detections
   */
  record ScoreBin(int place, long detections, long right, double meanScore) {
    static final int BINS = 10;

    /** The share of the detections that is correct. */
    double precision() {
      return right / (double) detections;
    }
  }

  /**
   * The confusion matrix. Each object is in one cell: that of the class that was detected, or in
   * the last column if nothing was. Each detection that matches no object is in the last row.
   *
   * @param classes by descending number of objects; the name of the last may stand for several
   * @param counts a row for each actual class and one for no object; a column for each predicted
   *     class and one for nothing detected
   */
  record Confusion(List<String> classes, List<List<Long>> counts) {
    Confusion {
      classes = List.copyOf(classes);
      counts = counts.stream().map(List::copyOf).toList();
    }
  }

  /**
   * An image with errors.
   *
   * @param width of the original in pixels
   * @param jpeg the thumbnail, in Base64
   * @param errors the number of false positives and missed objects
   */
  record MatchedPicture(
      String imageId,
      String fileName,
      int width,
      int height,
      String jpeg,
      long errors,
      List<MatchMark> marks) {
    MatchedPicture {
      requireNonNull(imageId, "imageId is null");
      requireNonNull(fileName, "fileName is null");
      requireNonNull(jpeg, "jpeg is null");
      marks = List.copyOf(marks);
    }
  }

  /**
   * A row of the table of matches.
   *
   * @param score of the detection; empty for a missed object
   * @param detection its box; empty without a detection, and for a classifier
   * @param object the box of the object, likewise
   */
  record MatchMark(
      MatchKind kind,
      Optional<String> predicted,
      Optional<String> actual,
      OptionalDouble score,
      OptionalDouble iou,
      Optional<RunPage.Box> detection,
      Optional<RunPage.Box> object) {
    MatchMark {
      requireNonNull(kind, "kind is null");
      requireNonNull(predicted, "predicted is null");
      requireNonNull(actual, "actual is null");
      requireNonNull(score, "score is null");
      requireNonNull(iou, "iou is null");
      requireNonNull(detection, "detection is null");
      requireNonNull(object, "object is null");
    }
  }
}
