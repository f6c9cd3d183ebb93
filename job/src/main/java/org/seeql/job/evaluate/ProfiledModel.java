package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.planner.model.ModelProfile;

/**
 * A registered model with its measurements of TO EVALUATE on one data set. Class names are those of
 * the data set.
 *
 * @param byRates rates of each class that some images of the data set show and others do not
 * @param bySample answers about the images of the sample, if there is one
 * @param labels the model's name of each class
 * @param confidence the minimum score of a detection that counted as the class being present
 * @param nmsIou the IoU threshold of non-maximum suppression
 * @param maxDetections the maximum number of detections per image; empty if the model is no
 *     detector, or if an earlier version has written the profile
 * @param batchSize the batch size to which the cost in the profile applies
 */
public record ProfiledModel(
    ModelProfile byRates,
    Optional<ModelProfile> bySample,
    SortedMap<String, String> labels,
    double confidence,
    double nmsIou,
    OptionalInt maxDetections,
    int batchSize) {
  public ProfiledModel {
    requireNonNull(byRates, "byRates is null");
    requireNonNull(bySample, "bySample is null");
    requireNonNull(maxDetections, "maxDetections is null");
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
