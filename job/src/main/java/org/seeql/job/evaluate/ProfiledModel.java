package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.planner.model.ModelProfile;

/**
 * A registered model with what TO EVALUATE has measured of it on one data set. Names of classes are
 * those of the data set.
 *
 * @param byRates the rates of every class that was shown in some images and not in others
 * @param bySample the answers about the rows of the sample, where there is one
 * @param labels what the model calls each class
 * @param confidence the score from which a detection meant that the class is there
 * @param nmsIou the overlap above which the weaker of two boxes was dropped
 * @param batchSize with which a call costs what the profile says
 */
public record ProfiledModel(
    ModelProfile byRates,
    Optional<ModelProfile> bySample,
    SortedMap<String, String> labels,
    double confidence,
    double nmsIou,
    int batchSize) {
  public ProfiledModel {
    requireNonNull(byRates, "byRates is null");
    requireNonNull(bySample, "bySample is null");
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
