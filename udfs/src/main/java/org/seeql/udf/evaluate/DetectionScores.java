package org.seeql.udf.evaluate;

/**
 * The quality of a model for one class, or on average over classes. A metric is NaN if it is
 * undefined because there are no objects or no detections.
 *
 * @param objects that count, without crowds
 * @param ap50 average precision at an overlap of 0.5
 * @param ap mean of the average precisions at overlaps of 0.5, 0.55 to 0.95
 * @param apSmall {@code ap} for objects of at most 32² pixels
 * @param apMedium {@code ap} for objects of 32² to 96² pixels
 * @param apLarge {@code ap} for objects of at least 96² pixels
 * @param precision share of the detections at the threshold that are right
 * @param recall share of the objects that are found at the threshold
 */
public record DetectionScores(
    long objects,
    double ap50,
    double ap,
    double apSmall,
    double apMedium,
    double apLarge,
    double precision,
    double recall) {

  /** The scores of a model that answers for whole images: each shown class is one object. */
  public static DetectionScores ofImages(PresenceCounts counts) {
    double none = Double.NaN;
    return new DetectionScores(
        counts.shown(),
        none,
        none,
        none,
        none,
        none,
        counts.precision(),
        counts.truePositiveRate());
  }
}
