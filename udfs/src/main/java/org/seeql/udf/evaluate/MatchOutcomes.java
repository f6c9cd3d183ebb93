package org.seeql.udf.evaluate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seeql.udf.evaluate.ObjectMatch.Cause;
import org.seeql.udf.evaluate.ObjectMatch.Outcome;

/** Explains the matches of one image after the other. Not thread-safe. */
final class MatchOutcomes implements Matching.Listener {
  /** With less overlap, a detection is of the background (TIDE, {@code t_b}). */
  private static final double BACKGROUND = 0.1;

  private final double confidence;
  private final double matchIou;
  private final List<ObjectMatch> matches = new ArrayList<>();
  private final BitSet found = new BitSet();
  private ImageObjects labelled = new ImageObjects();
  private ImageObjects detected = new ImageObjects();

  MatchOutcomes(double confidence, double matchIou) {
    this.confidence = confidence;
    this.matchIou = Math.min(matchIou, Matching.NEARLY_ONE);
  }

  /** Begins an image. */
  void begin(ImageObjects objects, ImageObjects detections) {
    labelled = objects;
    detected = detections;
    matches.clear();
    found.clear();
  }

  @Override
  public void matched(int detection, int object) {
    boolean isCounted = detected.score(detection) >= confidence;
    if (object == NONE) {
      matches.add(wrong(detection, isCounted));
      return;
    }
    if (isCounted) {
      found.set(object);
    }
    matches.add(pair(detection, object, Outcome.TRUE_POSITIVE, Optional.empty(), isCounted));
  }

  @Override
  public void ignored(int detection, int object) {
    matches.add(
        object == NONE
            ? alone(detection, Outcome.IGNORED, Optional.empty(), false)
            : pair(detection, object, Outcome.IGNORED, Optional.empty(), false));
  }

  private ObjectMatch wrong(int detection, boolean isCounted) {
    int own = best(detection, true);
    int other = best(detection, false);
    Cause cause = cause(overlap(detection, own), overlap(detection, other));
    return switch (cause) {
      case DUPLICATE, POOR_OVERLAP ->
          pair(detection, own, Outcome.FALSE_POSITIVE, Optional.of(cause), isCounted);
      case WRONG_CLASS ->
          pair(detection, other, Outcome.FALSE_POSITIVE, Optional.of(cause), isCounted);
      case BACKGROUND -> alone(detection, Outcome.FALSE_POSITIVE, Optional.of(cause), isCounted);
    };
  }

  private Cause cause(double own, double other) {
    if (own >= matchIou) {
      return Cause.DUPLICATE;
    }
    if (other >= matchIou) {
      return Cause.WRONG_CLASS;
    }
    return own >= BACKGROUND ? Cause.POOR_OVERLAP : Cause.BACKGROUND;
  }

  /** The object of the same or of another class that a detection overlaps most, or NONE. */
  private int best(int detection, boolean ofItsClass) {
    int best = NONE;
    for (int object = 0; object < labelled.size(); object++) {
      boolean isCandidate =
          !labelled.isCrowd(object)
              && (labelled.classId(object) == detected.classId(detection)) == ofItsClass;
      if (isCandidate && overlap(detection, object) > overlap(detection, best)) {
        best = object;
      }
    }
    return best;
  }

  /** The overlap, or less than any overlap for no object. */
  private double overlap(int detection, int object) {
    return object == NONE ? -1 : detected.overlap(detection, labelled, object);
  }

  private ObjectMatch pair(
      int detection, int object, Outcome outcome, Optional<Cause> cause, boolean isCounted) {
    return new ObjectMatch(
        OptionalInt.of(detection),
        OptionalInt.of(object),
        outcome,
        cause,
        overlap(detection, object),
        isCounted);
  }

  private static ObjectMatch alone(
      int detection, Outcome outcome, Optional<Cause> cause, boolean isCounted) {
    return new ObjectMatch(
        OptionalInt.of(detection), OptionalInt.empty(), outcome, cause, Double.NaN, isCounted);
  }

  /** The outcomes of the image. */
  List<ObjectMatch> all() {
    List<ObjectMatch> all = new ArrayList<>(matches);
    all.sort(Comparator.comparingInt(match -> match.detection().orElseThrow()));
    for (int object = 0; object < labelled.size(); object++) {
      boolean isCrowd = labelled.isCrowd(object);
      if (isCrowd || !found.get(object)) {
        all.add(
            new ObjectMatch(
                OptionalInt.empty(),
                OptionalInt.of(object),
                isCrowd ? Outcome.IGNORED : Outcome.MISSED,
                Optional.empty(),
                Double.NaN,
                !isCrowd));
      }
    }
    return all;
  }
}
