package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.model.ModelDescription;

/**
 * A model of a plan, with the settings to derive the plan's answers from its predictions.
 *
 * @param labels the model's name for each class that the plan assigns to it
 * @param threshold the minimum score, 0 to 1, of a detection that counts as its class being
 *     present; a classifier answers yes only for its top class
 */
public record BoundModel(
    ModelDescription description, int version, SortedMap<String, String> labels, double threshold)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public BoundModel {
    requireNonNull(description, "description is null");
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold is not between 0 and 1: " + threshold);
    }
  }

  /** The same model with another threshold. */
  public BoundModel withThreshold(double other) {
    return new BoundModel(description, version, labels, other);
  }

  public String name() {
    return description.name();
  }

  /**
   * A model's answer about a class.
   *
   * @param score score of the best detection of the class, 0 to 1; 0 if there is none
   */
  record Answer(boolean isShown, float score) {}

  /** The answer about a class in a prediction of this model. */
  Answer answer(String className, Prediction prediction) {
    String label = labels.get(className);
    if (label == null) {
      throw new IllegalArgumentException(
          "model " + name() + " does not answer the class " + className);
    }
    return answer(TaskResult.of(description), prediction, label);
  }

  /**
   * The score of each class that this model knows, 0 to 1; 0 for a class without a detection at the
   * threshold.
   */
  Map<String, Float> scores(Prediction prediction) {
    return scores(TaskResult.of(description), prediction);
  }

  /** The answer about each class that this model knows. */
  Map<String, SampledImage.ModelAnswer> answers(Prediction prediction) {
    Map<String, SampledImage.ModelAnswer> answers = new HashMap<>();
    scores(prediction)
        .forEach(
            (name, score) ->
                answers.put(
                    name, new SampledImage.ModelAnswer(answer(name, prediction).isShown(), score)));
    return answers;
  }

  private <P extends Prediction> Map<String, Float> scores(
      TaskResult<P> task, Prediction prediction) {
    Map<String, Float> byLabel = new HashMap<>();
    task.readScores(
        task.typed(prediction),
        (label, score) -> {
          if (score >= (float) threshold) {
            byLabel.merge(label, score, Math::max);
          }
        });
    Map<String, Float> scores = new HashMap<>();
    labels.forEach((name, label) -> scores.put(name, byLabel.getOrDefault(label, 0f)));
    return scores;
  }

  private <P extends Prediction> Answer answer(
      TaskResult<P> task, Prediction prediction, String label) {
    return task.answer(task.typed(prediction), label, threshold);
  }
}
