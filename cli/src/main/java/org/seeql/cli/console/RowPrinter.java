package org.seeql.cli.console;

import java.util.Iterator;
import java.util.List;

/** Prints the rows of a query. */
public interface RowPrinter {

  /**
   * Prints rows as they come; memory does not grow with their number.
   *
   * @param columns their labels
   * @param rows each as long as the labels; a cell may be null
   * @return how many were printed; fewer than there are when the reader has gone away
   */
  long print(List<String> columns, Iterator<List<Object>> rows);
}
