package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What TO EVALUATE is told beside what every run is told.
 *
 * @param confidence score, 0 to 1, from which a detection counts: for precision and recall, and for
 *     whether an image shows a class. It is that of TO RUN, so that a profile describes what runs
 *     answer
 * @param matchIou overlap with a labelled object, 0 to 1, from which a detection is right, for
 *     precision and recall; average precision has overlaps of its own
 * @param dataset what the labelled images are called in the profile; else their table's name
 * @param label the column of the selection with a classifier's right answer
 */
public record EvaluationOptions(
    double confidence, double matchIou, Optional<String> dataset, Optional<String> label) {
  public EvaluationOptions {
    requireNonNull(dataset, "dataset is null");
    requireNonNull(label, "label is null");
    if (!(confidence >= 0 && confidence <= 1 && matchIou >= 0 && matchIou <= 1)) {
      throw new IllegalArgumentException(
          "confidence and matchIou are not between 0 and 1: " + confidence + ", " + matchIou);
    }
  }

  /** The options as they would be written; those that are left open are left out. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("confidence", Double.toString(confidence));
    map.put("match_iou", Double.toString(matchIou));
    dataset.ifPresent(v -> map.put("dataset", v));
    label.ifPresent(v -> map.put("label", v));
    return map;
  }
}
