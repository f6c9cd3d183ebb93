package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The options of TO EVALUATE in addition to those of every run.
 *
 * @param confidence minimum score of a detection, 0 to 1, for precision, recall and the presence of
 *     a class in an image. It has the default of TO RUN, so that a profile describes the answers of
 *     runs
 * @param matchIou minimum overlap with a labelled object, 0 to 1, for a correct detection in
 *     precision and recall; average precision has its own overlaps
 * @param dataset the name of the labelled images in the profile; if empty, the name of their table
 * @param label the column of the selection with the correct class, for a classifier
 * @param keepMatches whether the outcome of each detection and each object is written
 */
public record EvaluationOptions(
    double confidence,
    double matchIou,
    Optional<String> dataset,
    Optional<String> label,
    boolean keepMatches) {
  /** Detections with a lower score do not change average precision noticeably (YOLOv5's val.py). */
  private static final double LOWEST_SCORE = 0.001;

  public EvaluationOptions {
    requireNonNull(dataset, "dataset is null");
    requireNonNull(label, "label is null");
    if (!(confidence >= 0 && confidence <= 1 && matchIou >= 0 && matchIou <= 1)) {
      throw new IllegalArgumentException(
          "confidence and matchIou are not between 0 and 1: " + confidence + ", " + matchIou);
    }
  }

  /**
   * The lowest score of the detections that an evaluation collects. Average precision needs all
   * detections.
   *
   * @param confidence of the evaluation
   */
  public static double collectedFrom(double confidence) {
    return Math.min(LOWEST_SCORE, confidence);
  }
}
