package org.seeql.udf.evaluate;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Determines which detections of one class in one image are right, by COCO's rules. Detections are
 * processed by descending score. Each matches the free labelled object with the greatest overlap; a
 * crowd can match any number of detections. This is done for each area range and each overlap
 * threshold.
 *
 * @see <a
 *     href="https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/cocoeval.py">
 *     pycocotools, COCOeval.evaluateImg</a>
 */
final class Matching {
  /** Further detections of a class in an image are ignored (pycocotools, maxDets). */
  static final int MAX_DETECTIONS = 100;

  /** The threshold for an overlap of 1 is reduced to this, to allow for rounding. */
  static final double NEARLY_ONE = 1 - 1e-10;

  private final double[] overlaps;
  private final AreaRange[] ranges = AreaRange.values();

  /** Receives the matches of one overlap threshold, for objects of all areas. */
  interface Listener {
    /** The object of a detection that matches none. */
    int NONE = -1;

    /** Receives nothing. */
    Listener NOBODY =
        new Listener() {
          @Override
          public void matched(int detection, int object) {}

          @Override
          public void ignored(int detection, int object) {}
        };

    /**
     * Called once for each detection that takes part and is right or wrong.
     *
     * @param detection the index of the detection in its image
     * @param object the index of the labelled object, or {@link #NONE}
     */
    void matched(int detection, int object);

    /**
     * Called once for each detection that takes part and is neither right nor wrong, because the
     * object is a crowd.
     *
     * @param detection the index of the detection in its image
     * @param object the index of the labelled object, or {@link #NONE}
     */
    void ignored(int detection, int object);
  }

  /**
   * A matching for overlap thresholds.
   *
   * @param overlaps thresholds, each 0 to 1; combined with the area ranges at most 64
   */
  Matching(double[] overlaps) {
    this.overlaps = overlaps.clone();
    if (overlaps.length * ranges.length > Long.SIZE) {
      throw new IllegalArgumentException("too many overlaps: " + overlaps.length);
    }
  }

  /** The bit for an area range and an overlap threshold in a detection's bit sets. */
  long bit(AreaRange range, int overlap) {
    return 1L << (range.place() * overlaps.length + overlap);
  }

  /**
   * Matches the objects of one class and adds the result to {@code matches}.
   *
   * @param listener receives the matches of the last overlap threshold
   */
  void match(
      ImageObjects labelled,
      ImageObjects found,
      int classId,
      ClassMatches matches,
      Listener listener) {
    Candidates candidates = new Candidates(labelled, found, classId);
    // most classes occur in few images
    if (candidates.truths.length > 0) {
      for (AreaRange range : ranges) {
        candidates.match(range, matches);
      }
    }
    candidates.addTo(matches);
    candidates.report(listener);
  }

  private long reportedBit() {
    return bit(AreaRange.ALL, overlaps.length - 1);
  }

  /** The bits of all overlaps in the ranges that do not contain an area. */
  private long outside(double area) {
    long allOverlaps = (1L << overlaps.length) - 1;
    long bits = 0;
    for (AreaRange range : ranges) {
      bits |= range.holds(area) ? 0 : allOverlaps * bit(range, 0);
    }
    return bits;
  }

  /** The objects of one class in one image, with the results for its detections. */
  private final class Candidates {
    private final ImageObjects labelled;
    private final ImageObjects found;
    private final int[] truths;
    private final int[] detections;
    private final double[][] overlapWith;
    private final long[] right;
    private final long[] ignored;
    private final int[] reported;

    Candidates(ImageObjects labelled, ImageObjects found, int classId) {
      this.labelled = labelled;
      this.found = found;
      truths = labelled.ofClass(classId);
      detections = best(found, classId);
      overlapWith = new double[detections.length][truths.length];
      right = new long[detections.length];
      ignored = new long[detections.length];
      reported = new int[detections.length];
      Arrays.fill(reported, Listener.NONE);
      for (int d = 0; d < detections.length; d++) {
        for (int t = 0; t < truths.length; t++) {
          overlapWith[d][t] = found.overlap(detections[d], labelled, truths[t]);
        }
        // only if it does not match an object
        ignored[d] = outside(found.area(detections[d]));
      }
    }

    void match(AreaRange range, ClassMatches matches) {
      int[] order = countedFirst(range);
      int counted = 0;
      while (counted < order.length && counts(order[counted], range)) {
        counted++;
      }
      matches.addObjects(range, counted);
      for (int o = 0; o < overlaps.length; o++) {
        match(overlaps[o], bit(range, o), order, counted);
      }
    }

    private void match(double threshold, long bit, int[] order, int counted) {
      boolean isReported = bit == reportedBit();
      boolean[] taken = new boolean[truths.length];
      for (int d = 0; d < detections.length; d++) {
        int place = place(overlapWith[d], threshold, order, counted, taken);
        if (place >= 0) {
          taken[order[place]] = true;
          right[d] |= bit;
          reported[d] = isReported ? truths[order[place]] : reported[d];
          ignored[d] = place < counted ? ignored[d] & ~bit : ignored[d] | bit;
        }
      }
    }

    /**
     * The position in {@code order} of the object that a detection matches, or -1.
     *
     * @param counted the number of objects at the start of {@code order} that count; the rest is
     *     ignored
     */
    private int place(
        double[] overlap, double threshold, int[] order, int counted, boolean[] taken) {
      double best = Math.min(threshold, NEARLY_ONE);
      int match = -1;
      for (int place = 0; place < order.length; place++) {
        int truth = order[place];
        if (taken[truth] && !labelled.isCrowd(truths[truth])) {
          continue;
        }
        if (match >= 0 && match < counted && place >= counted) {
          break;
        }
        // of equal overlaps the last one, as in pycocotools
        if (overlap[truth] >= best) {
          best = overlap[truth];
          match = place;
        }
      }
      return match;
    }

    private boolean counts(int truth, AreaRange range) {
      return !labelled.isCrowd(truths[truth]) && range.holds(labelled.area(truths[truth]));
    }

    /** Indices of the labelled objects: first those that count, then those that are ignored. */
    private int[] countedFirst(AreaRange range) {
      int[] order = new int[truths.length];
      int next = 0;
      for (int t = 0; t < truths.length; t++) {
        if (counts(t, range)) {
          order[next++] = t;
        }
      }
      for (int t = 0; t < truths.length; t++) {
        if (!counts(t, range)) {
          order[next++] = t;
        }
      }
      return order;
    }

    void addTo(ClassMatches matches) {
      for (int d = 0; d < detections.length; d++) {
        matches.addDetection(found.score(detections[d]), right[d], ignored[d]);
      }
    }

    void report(Listener listener) {
      for (int d = 0; d < detections.length; d++) {
        if ((ignored[d] & reportedBit()) != 0) {
          listener.ignored(detections[d], reported[d]);
        } else {
          listener.matched(detections[d], reported[d]);
        }
      }
    }
  }

  /** The best detections of a class; equal scores stay in insertion order. */
  private static int[] best(ImageObjects found, int classId) {
    return Arrays.stream(found.ofClass(classId))
        .boxed()
        .sorted(Comparator.comparingDouble(d -> -found.score(d)))
        .limit(MAX_DETECTIONS)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
