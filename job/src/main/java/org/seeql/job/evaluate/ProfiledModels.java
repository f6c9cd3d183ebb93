package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.Priors;
import org.seeql.planner.model.ScoreSample;

/**
 * The measurements on one data set that a choice of models uses.
 *
 * @param priors the share of the data set's images that show each class
 * @param models by name
 * @param sample the common images of all models that answer a requested class, with these classes;
 *     empty if the models were evaluated on different images
 * @param scores the common images of all models with scores of a requested class, in random order
 *     that is the same for each load; scores are exactly the float32 values that the models gave;
 *     models whose profile has no scores do not occur; empty if there is no model with scores, or
 *     if these models were evaluated on different images
 * @param excluded models that cannot be chosen, each with the reason as a sentence
 */
public record ProfiledModels(
    String dataset,
    Priors priors,
    SortedMap<String, ProfiledModel> models,
    Optional<PresenceSample> sample,
    Optional<ScoreSample> scores,
    SortedMap<String, String> excluded) {
  public ProfiledModels {
    requireNonNull(dataset, "dataset is null");
    requireNonNull(priors, "priors is null");
    requireNonNull(sample, "sample is null");
    requireNonNull(scores, "scores is null");
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    excluded = Collections.unmodifiableSortedMap(new TreeMap<>(excluded));
  }
}
