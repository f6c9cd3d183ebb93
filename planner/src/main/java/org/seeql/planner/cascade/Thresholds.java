package org.seeql.planner.cascade;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The thresholds that the search tries for one class and one model. A lower threshold is useful
 * only just below a score of a row that shows the class: others answer fewer rows with the same
 * errors. An upper threshold is useful only just above a score of a row that does not show it.
 * Thresholds are in the middle between two scores.
 *
 * @param values ascending; the first is 0 and the last is {@link Rung#NEVER}
 * @param atLeast the rows whose score is at least a value, by index of the value
 * @param levels by row: the index of the greatest value that is at most the score
 * @param lows indices of values for {@code noBelow}
 * @param highs indices of values for {@code yesFrom}
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops
record Thresholds(double[] values, long[][] atLeast, byte[] levels, int[] lows, int[] highs) {
  private static final double STEP = 1.5;
  private static final double MIDDLE = 0.5;

  static Thresholds of(double[] scores, long[] shown, int errorCounts) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    TreeSet<Double> lows = new TreeSet<>(List.of(0.0));
    TreeSet<Double> highs = new TreeSet<>(List.of(Rung.NEVER));
    double[] positives = ofRows(scores, shown, true);
    double[] negatives = ofRows(scores, shown, false);
    for (int errors : errorCounts(positives.length, errorCounts)) {
      lows.add(below(positives[errors], sorted));
    }
    for (int errors : errorCounts(negatives.length, errorCounts)) {
      highs.add(above(negatives[negatives.length - 1 - errors], sorted));
    }
    if (lows.size() == 1 && highs.size() == 1) {
      // all scores are equal
      lows.add(MIDDLE);
    }
    TreeSet<Double> all = new TreeSet<>(lows);
    all.addAll(highs);
    double[] values = all.stream().mapToDouble(Double::doubleValue).toArray();
    long[][] atLeast = new long[values.length][];
    for (int i = 0; i < values.length; i++) {
      atLeast[i] = RowSet.empty(scores.length);
      for (int row = 0; row < scores.length; row++) {
        if (scores[row] >= values[i]) {
          RowSet.add(atLeast[i], row);
        }
      }
    }
    return new Thresholds(
        values, atLeast, levels(scores, values), indices(lows, values), indices(highs, values));
  }

  private static byte[] levels(double[] scores, double[] values) {
    byte[] levels = new byte[scores.length];
    for (int row = 0; row < scores.length; row++) {
      int found = Arrays.binarySearch(values, scores[row]);
      levels[row] = (byte) (found >= 0 ? found : -found - 2);
    }
    return levels;
  }

  private static double[] ofRows(double[] scores, long[] shown, boolean isShown) {
    double[] chosen = new double[scores.length];
    int size = 0;
    for (int row = 0; row < scores.length; row++) {
      if (RowSet.contains(shown, row) == isShown) {
        chosen[size++] = scores[row];
      }
    }
    double[] sorted = Arrays.copyOf(chosen, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * At most this many numbers of errors below a total: all of them, or 0, 1, 2, … and then in
   * growing steps.
   */
  private static int[] errorCounts(int total, int most) {
    if (total <= most) {
      return IntStream.range(0, total).toArray();
    }
    TreeSet<Integer> counts = new TreeSet<>();
    double ratio = Math.max(STEP, Math.pow(Math.max(1, total), 1.0 / most));
    double errors = 0;
    while (errors < total && counts.size() < most) {
      counts.add((int) errors);
      errors = Math.max(errors + 1, errors * ratio);
    }
    return counts.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The middle between a score and the next lower one, or 0. */
  private static double below(double score, double[] sorted) {
    int first = Arrays.binarySearch(sorted, score);
    while (first > 0 && sorted[first - 1] == score) {
      first--;
    }
    return middle(first == 0 ? 0 : sorted[first - 1], score);
  }

  /** The middle between a score and the next higher one; {@link Rung#NEVER} if there is none. */
  private static double above(double score, double[] sorted) {
    int last = Arrays.binarySearch(sorted, score);
    while (last < sorted.length - 1 && sorted[last + 1] == score) {
      last++;
    }
    return last == sorted.length - 1 ? Rung.NEVER : middle(score, sorted[last + 1]);
  }

  /** Greater than the first number and at most the second one. */
  private static double middle(double low, double high) {
    double middle = low + (high - low) / 2;
    return middle > low ? middle : high;
  }

  private static int[] indices(TreeSet<Double> some, double[] values) {
    return some.stream().mapToInt(value -> Arrays.binarySearch(values, value)).toArray();
  }

  /** The index of {@link Rung#NEVER}. */
  int never() {
    return values.length - 1;
  }
}
