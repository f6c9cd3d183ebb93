package org.seeql.job.evaluate;

import java.util.List;
import java.util.OptionalDouble;
import org.seeql.udf.evaluate.DetectionEvaluation;
import org.seeql.udf.evaluate.DetectionScores;
import org.seeql.udf.evaluate.PresenceCounts;

/**
 * What an evaluation has counted.
 *
 * @param images that were answered and have a label
 * @param unlabelled images that were left out since their label is NULL
 * @param classes of the data set; the place is the class's number
 * @param accuracy of a classifier: share of the images whose class it names first
 */
record Measurement(
    long images,
    long unlabelled,
    List<EvaluatedClass> classes,
    OptionalDouble accuracy,
    List<SampledImage> sample) {
  Measurement {
    classes = List.copyOf(classes);
    sample = List.copyOf(sample);
  }

  /** The classes that the model knows. */
  List<EvaluatedClass> known() {
    return classes.stream().filter(c -> c.label().isPresent()).toList();
  }

  /** Means over the classes that the model knows. */
  DetectionScores overall() {
    return DetectionEvaluation.mean(known().stream().map(EvaluatedClass::scores).toList());
  }

  /** Counts over the classes that the model knows, all together. */
  PresenceCounts overallPresence() {
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
