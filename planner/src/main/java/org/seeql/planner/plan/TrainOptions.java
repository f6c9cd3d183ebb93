package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The options of TO TRAIN in addition to those of every run.
 *
 * @param model the name of the trained model
 * @param label the column of the selection with the labels
 * @param layer the tensor of the backbone that is the feature; if empty, it depends on the backbone
 * @param holdout the share of images that are not used in training, between 0 and 1
 * @param seed of the split
 * @param classes of the model; empty for all labels
 * @param dataset the name of the holdout in the profile; if empty, the name of its table
 * @param confidence minimum score of a tag, 0 to 1, in the measures of the holdout
 */
public record TrainOptions(
    Estimator estimator,
    String model,
    String label,
    Optional<String> layer,
    double holdout,
    long seed,
    List<String> classes,
    Optional<String> dataset,
    double confidence) {
  public TrainOptions {
    requireNonNull(estimator, "estimator is null");
    requireNonNull(model, "model is null");
    requireNonNull(label, "label is null");
    requireNonNull(layer, "layer is null");
    requireNonNull(dataset, "dataset is null");
    classes = List.copyOf(classes);
    if (!(holdout > 0 && holdout < 1)) {
      throw new IllegalArgumentException("holdout is not between 0 and 1: " + holdout);
    }
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence is not between 0 and 1: " + confidence);
    }
  }

  /** The same options with another name of the holdout. */
  public TrainOptions withDataset(String name) {
    return new TrainOptions(
        estimator, model, label, layer, holdout, seed, classes, Optional.of(name), confidence);
  }
}
