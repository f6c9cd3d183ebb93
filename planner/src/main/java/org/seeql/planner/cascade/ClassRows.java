package org.seeql.planner.cascade;

/**
 * The rows of the selection half that matter to one class of a plan: those whose result depends on
 * its answer, and those on which it is evaluated. For one thread.
 */
final class ClassRows {
  private final Half half;
  private final Thresholds[] thresholds;
  private final long[][] paid;
  private final int[] rows;

  /** What an answer of yes adds to the returned rows, and to those that are rightly returned. */
  private final byte[] returned;

  private final byte[] right;
  private final byte[][] levels;
  private final byte[][] paidAt;
  private final Counts ifNever;

  /**
   * @param thresholds by model; null if the model does not know the class
   * @param ifNo the rows for which the plan answers yes if it answers no for the class
   * @param ifYes the rows for which the plan answers yes if it answers yes for the class
   * @param paid by model: the rows on which it would run for this class alone
   */
  ClassRows(Half half, Thresholds[] thresholds, long[] ifNo, long[] ifYes, long[][] paid) {
    this.half = half;
    this.thresholds = thresholds;
    this.paid = paid;
    long[] relevant = RowSet.empty(half.rows());
    for (int i = 0; i < relevant.length; i++) {
      relevant[i] = ifNo[i] ^ ifYes[i];
      for (long[] ofModel : paid) {
        relevant[i] |= ofModel[i];
      }
    }
    this.rows = RowSet.rows(relevant);
    this.returned = new byte[rows.length];
    this.right = new byte[rows.length];
    for (int at = 0; at < rows.length; at++) {
      int more = bit(ifYes, rows[at]) - bit(ifNo, rows[at]);
      returned[at] = (byte) more;
      right[at] = (byte) (more * bit(half.truth(), rows[at]));
    }
    this.levels = new byte[thresholds.length][];
    this.paidAt = new byte[thresholds.length][];
    this.ifNever = Counts.of(half.truth(), ifNo, half.rows());
  }

  private static int bit(long[] set, int row) {
    return RowSet.contains(set, row) ? 1 : 0;
  }

  int size() {
    return rows.length;
  }

  /** What an answer of yes adds to the returned rows: -1, 0 or 1. */
  byte[] returned() {
    return returned;
  }

  /** What an answer of yes adds to the rightly returned rows: -1, 0 or 1. */
  byte[] right() {
    return right;
  }

  /** The greatest threshold of a model that the score reaches, by its index. */
  byte[] levels(int model) {
    if (levels[model] == null) {
      byte[] all = thresholds[model].levels();
      levels[model] = new byte[rows.length];
      for (int at = 0; at < rows.length; at++) {
        levels[model][at] = all[rows[at]];
      }
    }
    return levels[model];
  }

  /** 1 for the rows on which a model would run for this class alone, otherwise 0. */
  byte[] paid(int model) {
    if (paidAt[model] == null) {
      paidAt[model] = new byte[rows.length];
      for (int at = 0; at < rows.length; at++) {
        paidAt[model][at] = (byte) bit(paid[model], rows[at]);
      }
    }
    return paidAt[model];
  }

  /**
   * The quality of the plan if the answers of yes add these sums.
   *
   * @param fitted see {@link Counts}
   */
  Counts counts(int moreReturned, int moreRight, int fitted) {
    int both = ifNever.truePositive() + moreRight;
    int returnedRows = ifNever.truePositive() + ifNever.falsePositive() + moreReturned;
    int shown = ifNever.truePositive() + ifNever.falseNegative();
    return new Counts(
        both, returnedRows - both, shown - both, half.rows() - shown - returnedRows + both, fitted);
  }
}
