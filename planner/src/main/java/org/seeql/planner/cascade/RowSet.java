package org.seeql.planner.cascade;

/** Sets of rows, as bits. Pure. */
final class RowSet {
  private RowSet() {}

  static long[] empty(int rows) {
    return new long[(rows + Long.SIZE - 1) / Long.SIZE];
  }

  static long[] all(int rows) {
    long[] set = empty(rows);
    for (int row = 0; row < rows; row++) {
      add(set, row);
    }
    return set;
  }

  static void add(long[] set, int row) {
    set[row / Long.SIZE] |= 1L << row;
  }

  static boolean contains(long[] set, int row) {
    return (set[row / Long.SIZE] >>> row & 1) != 0;
  }

  static int count(long[] set) {
    int count = 0;
    for (long word : set) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /** The rows of a set, ascending. */
  static int[] rows(long[] set) {
    int[] rows = new int[count(set)];
    int size = 0;
    for (int i = 0; i < set.length; i++) {
      for (long open = set[i]; open != 0; open &= open - 1) {
        rows[size++] = i * Long.SIZE + Long.numberOfTrailingZeros(open);
      }
    }
    return rows;
  }
}
