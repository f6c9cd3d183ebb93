package org.seeql.udf.evaluate;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of a detection, of a labelled object, or of a pair of them.
 *
 * @param detection the index of the detection in its image
 * @param object the index of the labelled object that explains the outcome: the matched one, or the
 *     one that overlaps a wrong detection
 * @param iou the overlap of the two, 0 to 1; for a crowd the share of the detection inside it. NaN
 *     if either is missing
 * @param isCounted whether it counts in precision and recall at the evaluation's confidence
 */
public record ObjectMatch(
    OptionalInt detection,
    OptionalInt object,
    Outcome outcome,
    Optional<Cause> cause,
    double iou,
    boolean isCounted) {
  /** What became of it. */
  public enum Outcome {
    /** A detection that matches an object. */
    TRUE_POSITIVE,
    /** A detection that matches no object; it has a {@link Cause}. */
    FALSE_POSITIVE,
    /** An object that no detection with the evaluation's confidence matches. */
    MISSED,
    /** A crowd, or a detection in a crowd. */
    IGNORED;

    /** The word in tables. */
    public String word() {
      return switch (this) {
        case TRUE_POSITIVE -> "true positive";
        case FALSE_POSITIVE -> "false positive";
        case MISSED -> "missed";
        case IGNORED -> "ignored";
      };
    }
  }

  /**
   * Why a detection is wrong. The first that applies; crowds are no objects here.
   *
   * @see <a href="https://arxiv.org/abs/2008.08115">Bolya et al., TIDE: A General Toolbox for
   *     Identifying Object Detection Errors, from which the distinction of localisation and
   *     background errors at an overlap of 0.1 comes</a>
   */
  public enum Cause {
    /** It overlaps enough an object of its class that matches a detection with a higher score. */
    DUPLICATE,
    /** It overlaps an object of another class enough. */
    WRONG_CLASS,
    /** It overlaps an object of its class by 0.1 or more, but not enough. */
    POOR_OVERLAP,
    /** All others. */
    BACKGROUND;

    /** The word in tables. */
    public String word() {
      return switch (this) {
        case DUPLICATE -> "duplicate";
        case WRONG_CLASS -> "wrong class";
        case POOR_OVERLAP -> "poor overlap";
        case BACKGROUND -> "background";
      };
    }
  }

  public ObjectMatch {
    requireNonNull(detection, "detection is null");
    requireNonNull(object, "object is null");
    requireNonNull(outcome, "outcome is null");
    requireNonNull(cause, "cause is null");
    if (detection.isEmpty() && object.isEmpty()) {
      throw new IllegalArgumentException("neither a detection nor an object");
    }
    if (cause.isPresent() != (outcome == Outcome.FALSE_POSITIVE)) {
      throw new IllegalArgumentException("a false positive, and nothing else, has a cause");
    }
  }
}
