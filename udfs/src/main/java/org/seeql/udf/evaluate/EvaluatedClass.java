package org.seeql.udf.evaluate;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The results of an evaluation for one class.
 *
 * @param name the name in the data set
 * @param label the model's name of the class; empty if the model does not know it
 * @param presence counts of images; if the model does not know the class, its answer is always no
 * @param scores counts of objects; for classifiers and taggers counts of images, without average
 *     precision
 */
public record EvaluatedClass(
    String name, Optional<String> label, PresenceCounts presence, DetectionScores scores) {
  public EvaluatedClass {
    requireNonNull(name, "name is null");
    requireNonNull(label, "label is null");
    requireNonNull(presence, "presence is null");
    requireNonNull(scores, "scores is null");
  }
}
