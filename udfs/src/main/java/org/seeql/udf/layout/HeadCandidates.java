package org.seeql.udf.layout;

import java.util.Arrays;

/** Candidates with further values. */
abstract class HeadCandidates extends Candidates {
  private final FurtherValues further;
  private int[] boxes = new int[64];

  HeadCandidates(FurtherValues further) {
    this.further = further;
  }

  /** The four values of a box. */
  record BoxValues(float first, float second, float third, float fourth) {}

  /** Adds a candidate by its centre and size. */
  abstract void addColumn(BoxValues values, int column, int classId, float score);

  /** Adds a final box. */
  abstract void addFinal(BoxValues values, int row, int classId, float score);

  /** Records the column or row of the next candidate. */
  final void track(int box) {
    if (size() == boxes.length) {
      boxes = Arrays.copyOf(boxes, 2 * boxes.length);
    }
    boxes[size()] = box;
  }

  /** The number of further values of each candidate. */
  final int furtherCount() {
    return further.count();
  }

  /** A further value of a tracked candidate. */
  final float further(int candidate, int index) {
    return further.value(boxes[candidate], index);
  }
}
