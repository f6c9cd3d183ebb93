package org.seeql.udf.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The results of matching all detections of one class over all images; uses 24 bytes per detection.
 * Not thread-safe.
 *
 * @see Matching#bit
 */
final class ClassMatches {
  private final long[] objects = new long[AreaRange.values().length];
  private int size;
  private double[] scores = new double[64];
  private long[] right = new long[64];
  private long[] ignored = new long[64];

  /** Adds the number of labelled objects that count. */
  void addObjects(AreaRange range, int count) {
    objects[range.place()] += count;
  }

  /**
   * Adds a detection with its bit sets: the ranges and overlaps where it is right, and where it is
   * ignored.
   */
  void addDetection(double score, long isRight, long isIgnored) {
    if (size == scores.length) {
      scores = Arrays.copyOf(scores, 2 * size);
      right = Arrays.copyOf(right, 2 * size);
      ignored = Arrays.copyOf(ignored, 2 * size);
    }
    scores[size] = score;
    right[size] = isRight;
    ignored[size] = isIgnored;
    size++;
  }

  long objects(AreaRange range) {
    return objects[range.place()];
  }

  /** The indices of the detections, the best score first; equal scores in insertion order. */
  int[] byScore() {
    return IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparingDouble(d -> -scores[d]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  boolean isRight(int detection, long bit) {
    return (right[detection] & bit) != 0 && (ignored[detection] & bit) == 0;
  }

  boolean isWrong(int detection, long bit) {
    return (right[detection] & bit) == 0 && (ignored[detection] & bit) == 0;
  }

  /** The number of right detections with at least a score. */
  long right(double score, long bit) {
    return IntStream.range(0, size).filter(d -> scores[d] >= score && isRight(d, bit)).count();
  }

  /** The number of wrong detections with at least a score. */
  long wrong(double score, long bit) {
    return IntStream.range(0, size).filter(d -> scores[d] >= score && isWrong(d, bit)).count();
  }
}
