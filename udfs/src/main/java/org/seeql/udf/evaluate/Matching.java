package org.seeql.udf.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Decides which detections of one class in one image are right, as COCO does: the best score first,
 * each takes the labelled object that it overlaps most among those not taken; a crowd may be taken
 * by any number. For each range of areas and each overlap that is asked for.
 *
 * @see <a
 *     href="https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/cocoeval.py">
 *     pycocotools, COCOeval.evaluateImg</a>
 */
final class Matching {
  /** More detections of a class in an image do not count (pycocotools, maxDets). */
  static final int MOST_DETECTIONS = 100;

  /** An overlap of 1 is asked for with this much less, for the sake of rounding. */
  private static final double NEARLY_ONE = 1 - 1e-10;

  private final double[] overlaps;
  private final AreaRange[] ranges = AreaRange.values();

  /**
   * A matching.
   *
   * @param overlaps that are asked for, each 0 to 1; with every range of areas at most 64 answers
   */
  Matching(double[] overlaps) {
    this.overlaps = overlaps.clone();
    if (overlaps.length * ranges.length > Long.SIZE) {
      throw new IllegalArgumentException("too many overlaps: " + overlaps.length);
    }
  }

  /** The bit of a detection's answers that is about a range and an overlap. */
  long bit(AreaRange range, int overlap) {
    return 1L << (range.place() * overlaps.length + overlap);
  }

  /** Matches the objects of one class and adds what comes of it. */
  void match(ImageObjects labelled, ImageObjects found, int classId, ClassMatches matches) {
    int[] truths = labelled.ofClass(classId);
    int[] detections = best(found, classId);
    double[][] table = table(labelled, truths, found, detections);
    long[] right = new long[detections.length];
    long[] ignored = new long[detections.length];
    for (AreaRange range : ranges) {
      int[] order = countedFirst(labelled, truths, range);
      int counted =
          (int) Arrays.stream(order).filter(t -> counts(labelled, truths[t], range)).count();
      matches.addObjects(range, counted);
      for (int o = 0; o < overlaps.length; o++) {
        long bit = bit(range, o);
        int[] taken = new int[truths.length];
        for (int d = 0; d < detections.length; d++) {
          int match = match(table[d], order, counted, taken, labelled, truths, overlaps[o]);
          if (match >= 0) {
            taken[order[match]]++;
            right[d] |= bit;
          }
          boolean isIgnored =
              match >= 0 ? match >= counted : !range.holds(found.area(detections[d]));
          if (isIgnored) {
            ignored[d] |= bit;
          }
        }
      }
    }
    for (int d = 0; d < detections.length; d++) {
      matches.addDetection(found.score(detections[d]), right[d], ignored[d]);
    }
  }

  /**
   * The place in the order of the object that a detection takes, or -1.
   *
   * @param counted how many at the start of the order count; the rest is ignored
   */
  private static int match(
      double[] overlapWith,
      int[] order,
      int counted,
      int[] taken,
      ImageObjects labelled,
      int[] truths,
      double asked) {
    double best = Math.min(asked, NEARLY_ONE);
    int match = -1;
    for (int place = 0; place < order.length; place++) {
      int truth = order[place];
      if (taken[truth] > 0 && !labelled.isCrowd(truths[truth])) {
        continue;
      }
      if (match >= 0 && match < counted && place >= counted) {
        break;
      }
      // of equal overlaps the last one, as in pycocotools
      if (overlapWith[truth] >= best) {
        best = overlapWith[truth];
        match = place;
      }
    }
    return match;
  }

  private static boolean counts(ImageObjects labelled, int object, AreaRange range) {
    return !labelled.isCrowd(object) && range.holds(labelled.area(object));
  }

  /** Places in the list of objects: first those that count, then those that are ignored. */
  private static int[] countedFirst(ImageObjects labelled, int[] truths, AreaRange range) {
    return IntStream.concat(
            IntStream.range(0, truths.length).filter(t -> counts(labelled, truths[t], range)),
            IntStream.range(0, truths.length).filter(t -> !counts(labelled, truths[t], range)))
        .toArray();
  }

  /** The best detections of a class, of equal scores the earlier first. */
  private static int[] best(ImageObjects found, int classId) {
    return Arrays.stream(found.ofClass(classId))
        .boxed()
        .sorted(Comparator.comparingDouble(d -> -found.score(d)))
        .limit(MOST_DETECTIONS)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double[][] table(
      ImageObjects labelled, int[] truths, ImageObjects found, int[] detections) {
    double[][] table = new double[detections.length][truths.length];
    for (int d = 0; d < detections.length; d++) {
      for (int t = 0; t < truths.length; t++) {
        table[d][t] = found.overlap(detections[d], labelled, truths[t]);
      }
    }
    return table;
  }
}
