package org.seeql.planner.cascade;

/**
 * Sums over the rows of a class for all thresholds of one rung, while the other rungs of the ladder
 * stay the same. For one thread.
 */
final class RungSums {
  private final Ladder ladder;
  private final int rung;
  private final ClassRows rows;

  /** Of the rungs before this one. */
  private int returnedBefore;

  private int rightBefore;
  private final int[] paidBefore;

  /** Of the rows whose score is at least a threshold: if this rung says yes. */
  private final int[] returnedIfYes;

  private final int[] rightIfYes;

  /** The same if this rung is unsure. */
  private final int[] returnedIfUnsure;

  private final int[] rightIfUnsure;

  /** By later rung. */
  private final int[][] paidIfUnsure;

  /**
   * @param thresholds number of thresholds of the rung's model
   */
  RungSums(ClassRows rows, Ladder ladder, int rung, int thresholds) {
    this.rows = rows;
    this.ladder = ladder;
    this.rung = rung;
    this.paidBefore = new int[rung + 1];
    this.returnedIfYes = new int[thresholds + 1];
    this.rightIfYes = new int[thresholds + 1];
    this.returnedIfUnsure = new int[thresholds + 1];
    this.rightIfUnsure = new int[thresholds + 1];
    this.paidIfUnsure = new int[ladder.rungs()][thresholds + 1];
    byte[][] levels = new byte[ladder.rungs()][];
    byte[][] paid = new byte[ladder.rungs()][];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = rows.levels(ladder.models()[i]);
      paid[i] = rows.paid(ladder.models()[i]);
    }
    for (int at = 0; at < rows.size(); at++) {
      add(at, levels, paid);
    }
    accumulate(returnedIfYes);
    accumulate(rightIfYes);
    accumulate(returnedIfUnsure);
    accumulate(rightIfUnsure);
    for (int later = rung + 1; later < ladder.rungs(); later++) {
      accumulate(paidIfUnsure[later]);
    }
  }

  private void add(int at, byte[][] levels, byte[][] paid) {
    int returned = rows.returned()[at];
    int right = rows.right()[at];
    for (int i = 0; i < rung; i++) {
      paidBefore[i] += paid[i][at];
      if (levels[i][at] >= ladder.yesFrom()[i]) {
        returnedBefore += returned;
        rightBefore += right;
        return;
      }
      if (levels[i][at] < ladder.noBelow()[i]) {
        return;
      }
    }
    paidBefore[rung] += paid[rung][at];
    int level = levels[rung][at];
    returnedIfYes[level] += returned;
    rightIfYes[level] += right;
    for (int later = rung + 1; later < levels.length; later++) {
      paidIfUnsure[later][level] += paid[later][at];
      if (levels[later][at] >= ladder.yesFrom()[later]) {
        returnedIfUnsure[level] += returned;
        rightIfUnsure[level] += right;
        return;
      }
      if (levels[later][at] < ladder.noBelow()[later]) {
        return;
      }
    }
  }

  private static void accumulate(int[] sums) {
    for (int i = sums.length - 2; i >= 0; i--) {
      sums[i] += sums[i + 1];
    }
  }

  /** The quality of the plan with these thresholds of the rung. */
  Counts counts(int low, int high, int fitted) {
    return rows.counts(
        returnedBefore + returnedIfYes[high] + returnedIfUnsure[low] - returnedIfUnsure[high],
        rightBefore + rightIfYes[high] + rightIfUnsure[low] - rightIfUnsure[high],
        fitted);
  }

  /** The rows on which a rung's model would run for this class alone, with these thresholds. */
  int paid(int of, int low, int high) {
    return of <= rung ? paidBefore[of] : paidIfUnsure[of][low] - paidIfUnsure[of][high];
  }
}
