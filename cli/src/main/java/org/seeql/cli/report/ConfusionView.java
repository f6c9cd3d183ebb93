package org.seeql.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A confusion matrix, formatted for the page.
 *
 * @param columns predicted classes, and the column of what was not answered, if there is one
 */
record ConfusionView(List<String> columns, List<ConfusionRow> rows) {

  record ConfusionRow(String name, List<CellView> cells) {}

  /**
   * @param css whether the cell is right, wrong or empty
   * @param shade the share of the row in percent
   */
  record CellView(String count, String css, String shade, String tip) {}

  /**
   * Formats counts.
   *
   * @param names of the rows: actual classes, and others after them
   * @param columns predicted classes in the order of the rows, and others after them
   * @param counts by row, then by column
   */
  static ConfusionView of(List<String> names, List<String> columns, List<List<Long>> counts) {
    List<ConfusionRow> rows = new ArrayList<>();
    for (int row = 0; row < names.size(); row++) {
      rows.add(row(row, names.get(row), columns, counts.get(row)));
    }
    return new ConfusionView(List.copyOf(columns), List.copyOf(rows));
  }

  private static ConfusionRow row(int row, String name, List<String> columns, List<Long> counts) {
    long all = counts.stream().mapToLong(Long::longValue).sum();
    List<CellView> cells = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      long count = counts.get(column);
      boolean isRight = column == row && columns.get(column).equals(name);
      cells.add(
          new CellView(
              count == 0 ? "" : Wording.count(count),
              count == 0 ? "none" : isRight ? "right" : "wrong",
              Wording.length(count, all),
              name + " → " + columns.get(column) + ": " + Wording.count(count)));
    }
    return new ConfusionRow(name, List.copyOf(cells));
  }
}
