package org.seeql.planner.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Labelled images in random order, with the scores that models gave to their classes. The score of
 * a class is the highest confidence that the model gives to it on the image, and 0 if the model
 * detects none.
 *
 * @param classes each once
 * @param rows one row per image and one character per class, in their order: {@code 1} if the image
 *     shows the class, otherwise {@code 0}
 * @param scores by model and class: one score per row, 0 to 1
 */
public record ScoreSample(
    List<String> classes,
    List<String> rows,
    SortedMap<String, SortedMap<String, double[]>> scores) {
  public ScoreSample {
    classes = List.copyOf(classes);
    rows = List.copyOf(rows);
    PresenceSample.checkRows(classes, rows);
    SortedMap<String, SortedMap<String, double[]>> copy = new TreeMap<>();
    for (Map.Entry<String, SortedMap<String, double[]>> model : scores.entrySet()) {
      for (Map.Entry<String, double[]> ofClass : model.getValue().entrySet()) {
        check(model.getKey(), ofClass.getKey(), ofClass.getValue(), rows.size());
      }
      copy.put(model.getKey(), Collections.unmodifiableSortedMap(new TreeMap<>(model.getValue())));
    }
    scores = Collections.unmodifiableSortedMap(copy);
  }

  private static void check(String model, String className, double[] scores, int rows) {
    requireNonNull(scores, "scores is null");
    if (scores.length != rows) {
      throw new IllegalArgumentException(
          "model %s has %d scores of %s, but the sample has %d rows"
              .formatted(model, scores.length, className, rows));
    }
    for (double score : scores) {
      if (!(score >= 0 && score <= 1)) {
        throw new IllegalArgumentException(
            "a score of %s by model %s is not between 0 and 1: %s"
                .formatted(className, model, score));
      }
    }
  }

  /** The scores of a class by a model; empty if the model does not know the class. */
  public Optional<double[]> find(String model, String className) {
    return Optional.ofNullable(scores.get(model)).map(classes -> classes.get(className));
  }
}
