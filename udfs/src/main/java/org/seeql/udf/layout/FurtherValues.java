package org.seeql.udf.layout;

import static java.util.Objects.requireNonNull;

/**
 * The values of one image's boxes after the class scores, or after the class id of final boxes.
 *
 * @param count for each box
 */
record FurtherValues(int count, Source source) {
  private static final int BOX_SCORE_CLASS = 6;

  /** Reads a value of a box. */
  interface Source {
    float value(int box, int index);
  }

  FurtherValues {
    requireNonNull(source, "source is null");
  }

  /** Of candidates in columns; a box is its column. */
  static FurtherValues of(CandidateColumns columns, OutputTensor boxes, int classes) {
    int first = CandidateColumns.FIRST_CLASS + classes;
    return new FurtherValues(
        boxes.size(1) - first, (column, index) -> columns.value(first + index, column));
  }

  /** Of final boxes in rows; a box is its row. */
  static FurtherValues of(BoxTable table, OutputTensor boxes) {
    return new FurtherValues(
        boxes.size(2) - BOX_SCORE_CLASS, (row, index) -> table.value(row, BOX_SCORE_CLASS + index));
  }

  float value(int box, int index) {
    return source.value(box, index);
  }
}
