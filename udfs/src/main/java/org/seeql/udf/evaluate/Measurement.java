package org.seeql.udf.evaluate;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The counts of an evaluation.
 *
 * @param images images that were answered and have a label
 * @param unlabelled images that were left out because their label is NULL
 * @param classes classes of the data set; the index is the class number
 * @param accuracy for a classifier: the share of images whose top class is correct
 */
public record Measurement(
    long images,
    long unlabelled,
    List<EvaluatedClass> classes,
    OptionalDouble accuracy,
    List<SampledImage> sample) {
  public Measurement {
    classes = List.copyOf(classes);
    sample = List.copyOf(sample);
  }

  /** The classes that the model knows. */
  public List<EvaluatedClass> known() {
    return classes.stream().filter(c -> c.label().isPresent()).toList();
  }

  /** Means over the classes that the model knows. */
  public DetectionScores overall() {
    return DetectionEvaluation.mean(known().stream().map(EvaluatedClass::scores).toList());
  }

  /** Mean F1 of the presence of the classes that the model knows; NaN if it has none. */
  public double meanF1() {
    return known().stream()
        .mapToDouble(c -> c.presence().f1())
        .filter(f1 -> !Double.isNaN(f1))
        .average()
        .orElse(Double.NaN);
  }

  /** Counts summed over the classes that the model knows. */
  public PresenceCounts overallPresence() {
    return known().stream()
        .map(EvaluatedClass::presence)
        .reduce(
            PresenceCounts.NONE,
            (a, b) ->
                new PresenceCounts(
                    a.truePositives() + b.truePositives(),
                    a.falsePositives() + b.falsePositives(),
                    a.falseNegatives() + b.falseNegatives(),
                    a.trueNegatives() + b.trueNegatives()));
  }
}
