package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.Priors;

/**
 * All that is known for a choice of models, from one data set.
 *
 * @param priors the share of the data set's images that show each class
 * @param models by name
 * @param sample images that every model that answers a class asked for was asked about, with these
 *     classes; empty where these models were not evaluated on, nearly, the same images
 * @param leftOut models that cannot be chosen, each with the reason as a sentence
 */
public record ProfiledModels(
    String dataset,
    Priors priors,
    SortedMap<String, ProfiledModel> models,
    Optional<PresenceSample> sample,
    SortedMap<String, String> leftOut) {
  public ProfiledModels {
    requireNonNull(dataset, "dataset is null");
    requireNonNull(priors, "priors is null");
    requireNonNull(sample, "sample is null");
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
  }
}
