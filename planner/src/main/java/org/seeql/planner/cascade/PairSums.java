package org.seeql.planner.cascade;

/**
 * Sums over the rows of a class for all ladders of two models: one table with a cell for each pair
 * of thresholds. For one thread.
 */
final class PairSums {
  private static final int SUMS = 3;

  private final int width;
  private final int[] sums;

  /**
   * @param first number of thresholds of the first model
   * @param last number of thresholds of the last model
   */
  PairSums(ClassRows rows, int firstModel, int first, int lastModel, int last) {
    this.width = last + 1;
    this.sums = new int[SUMS * (first + 1) * width];
    byte[] firstLevels = rows.levels(firstModel);
    byte[] lastLevels = rows.levels(lastModel);
    byte[] returned = rows.returned();
    byte[] right = rows.right();
    byte[] paid = rows.paid(lastModel);
    for (int at = 0; at < rows.size(); at++) {
      int cell = cell(firstLevels[at], lastLevels[at]);
      sums[cell] += returned[at];
      sums[cell + 1] += right[at];
      sums[cell + 2] += paid[at];
    }
    for (int i = first - 1; i >= 0; i--) {
      for (int j = last - 1; j >= 0; j--) {
        int cell = cell(i, j);
        for (int sum = cell; sum < cell + SUMS; sum++) {
          sums[sum] += sums[sum + SUMS] + sums[sum + SUMS * width] - sums[sum + SUMS * (width + 1)];
        }
      }
    }
  }

  private int cell(int first, int last) {
    return SUMS * (first * width + last);
  }

  private int sum(int kind, int low, int high, int end) {
    return sums[cell(high, 0) + kind] + sums[cell(low, end) + kind] - sums[cell(high, end) + kind];
  }

  int returned(int low, int high, int end) {
    return sum(0, low, high, end);
  }

  int right(int low, int high, int end) {
    return sum(1, low, high, end);
  }

  /** The rows on which the last model would run for this class alone. */
  int paidLast(int low, int high) {
    return sums[cell(low, 0) + 2] - sums[cell(high, 0) + 2];
  }
}
