package org.seeql.planner.cascade;

import java.util.stream.IntStream;

/** The rows of a half, with rows of the same state side by side. For one thread. */
final class RowPartition {
  private final int[] rows;
  private final Verdicts verdicts;

  RowPartition(int rows, Verdicts verdicts) {
    this.rows = IntStream.range(0, rows).toArray();
    this.verdicts = verdicts;
  }

  int size() {
    return rows.length;
  }

  int row(int index) {
    return rows[index];
  }

  /**
   * The parts of a slice.
   *
   * @param yes the start of the rows with the answer yes; those with no come before
   * @param unsure the start of the rows without an answer
   */
  record Parts(int yes, int unsure) {}

  /**
   * Orders a slice by the verdict on a class: no, yes, unsure.
   *
   * @param fromRung the first rung that is evaluated
   * @param toRung the rung after the last one
   */
  Parts split(int from, int to, int variable, int fromRung, int toRung) {
    int yes = from;
    int next = from;
    int unsure = to;
    while (next < unsure) {
      switch (verdicts.of(variable, fromRung, toRung, rows[next])) {
        case Verdicts.NO -> swap(yes++, next++);
        case Verdicts.YES -> next++;
        default -> swap(next, --unsure);
      }
    }
    return new Parts(yes, unsure);
  }

  private void swap(int a, int b) {
    int row = rows[a];
    rows[a] = rows[b];
    rows[b] = row;
  }
}
