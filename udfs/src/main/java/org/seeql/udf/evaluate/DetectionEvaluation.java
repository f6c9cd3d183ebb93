package org.seeql.udf.evaluate;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures a detector with COCO's metrics, one image at a time. Keeps 24 bytes per detection. To
 * reproduce the results of pycocotools, add images in the order of their ids, because the order
 * breaks ties between equal scores. Not thread-safe.
 */
public final class DetectionEvaluation {
  /** 0.5, 0.55 to 0.95, exactly as numpy's linspace computes them. */
  private static final int OVERLAPS = 10;

  private static final double FIRST_OVERLAP = 0.5;
  private static final double LAST_OVERLAP = 0.95;

  private final Matching matching;
  private final double confidence;
  private final MatchOutcomes outcomes;
  private final List<ClassMatches> classes;

  /**
   * An evaluation without images.
   *
   * @param classCount the number of classes; class ids are less than it
   * @param confidence minimum score for precision and recall, 0 to 1
   * @param matchIou minimum overlap of a right detection for precision and recall, 0 to 1
   */
  public DetectionEvaluation(int classCount, double confidence, double matchIou) {
    if (!(confidence >= 0 && confidence <= 1 && matchIou >= 0 && matchIou <= 1)) {
      throw new IllegalArgumentException(
          "confidence and matchIou are not between 0 and 1: " + confidence + ", " + matchIou);
    }
    double[] overlaps = new double[OVERLAPS + 1];
    for (int i = 0; i < OVERLAPS; i++) {
      overlaps[i] = i * ((LAST_OVERLAP - FIRST_OVERLAP) / (OVERLAPS - 1)) + FIRST_OVERLAP;
    }
    overlaps[OVERLAPS - 1] = LAST_OVERLAP;
    overlaps[OVERLAPS] = matchIou;
    this.matching = new Matching(overlaps);
    this.confidence = confidence;
    this.outcomes = new MatchOutcomes(confidence, matchIou);
    this.classes = Stream.generate(ClassMatches::new).limit(classCount).toList();
  }

  /**
   * Adds one image.
   *
   * @param labelled the labelled objects
   * @param found the detections of the model
   */
  public void add(ImageObjects labelled, ImageObjects found) {
    add(labelled, found, Matching.Listener.NOBODY);
  }

  /**
   * Adds one image, and explains the outcome of each object and each detection at the overlap of
   * the evaluation.
   *
   * @return first the detections in their order, then the labelled objects that no detection with
   *     at least the evaluation's confidence matches, and crowds
   */
  public List<ObjectMatch> addAndExplain(ImageObjects labelled, ImageObjects found) {
    outcomes.begin(labelled, found);
    add(labelled, found, outcomes);
    return outcomes.all();
  }

  private void add(ImageObjects labelled, ImageObjects found, Matching.Listener listener) {
    IntStream.concat(
            IntStream.range(0, labelled.size()).map(labelled::classId),
            IntStream.range(0, found.size()).map(found::classId))
        .distinct()
        .forEach(id -> matching.match(labelled, found, id, classes.get(id), listener));
  }

  /** The scores of a class for the images so far. */
  public DetectionScores of(int classId) {
    ClassMatches matches = classes.get(classId);
    int[] byScore = matches.byScore();
    long bit = matching.bit(AreaRange.ALL, OVERLAPS);
    long objects = matches.objects(AreaRange.ALL);
    long right = matches.right(confidence, bit);
    long wrong = matches.wrong(confidence, bit);
    return new DetectionScores(
        objects,
        average(matches, byScore, AreaRange.ALL, 0),
        overOverlaps(matches, byScore, AreaRange.ALL),
        overOverlaps(matches, byScore, AreaRange.SMALL),
        overOverlaps(matches, byScore, AreaRange.MEDIUM),
        overOverlaps(matches, byScore, AreaRange.LARGE),
        right / (double) (right + wrong),
        right / (double) objects);
  }

  /** The mean of each metric over the classes for which it is defined; objects are summed. */
  public static DetectionScores mean(Collection<DetectionScores> scores) {
    return new DetectionScores(
        scores.stream().mapToLong(DetectionScores::objects).sum(),
        mean(scores, DetectionScores::ap50),
        mean(scores, DetectionScores::ap),
        mean(scores, DetectionScores::apSmall),
        mean(scores, DetectionScores::apMedium),
        mean(scores, DetectionScores::apLarge),
        mean(scores, DetectionScores::precision),
        mean(scores, DetectionScores::recall));
  }

  private static double mean(
      Collection<DetectionScores> scores, ToDoubleFunction<DetectionScores> figure) {
    return scores.stream()
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  private double overOverlaps(ClassMatches matches, int[] byScore, AreaRange range) {
    return IntStream.range(0, OVERLAPS)
        .mapToDouble(overlap -> average(matches, byScore, range, overlap))
        .average()
        .orElseThrow();
  }

  private double average(ClassMatches matches, int[] byScore, AreaRange range, int overlap) {
    return PrecisionRecall.average(
        matches, byScore, matching.bit(range, overlap), matches.objects(range));
  }
}
