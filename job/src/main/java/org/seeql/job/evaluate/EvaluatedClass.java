package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.udf.evaluate.DetectionScores;
import org.seeql.udf.evaluate.PresenceCounts;

/**
 * What an evaluation says of one class.
 *
 * @param name in the data set
 * @param label what the model calls it; empty where it does not know it
 * @param presence by images; where the model does not know the class, it says no to all
 * @param scores by objects; of a classifier the images themselves, and no average precision
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
