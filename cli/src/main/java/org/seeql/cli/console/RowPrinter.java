package org.seeql.cli.console;

import java.util.Iterator;
import java.util.List;

/** Prints the rows of a query. */
public interface RowPrinter {

  /**
   * Prints rows as they arrive. Memory does not grow with the number of rows.
   *
   * @param columns the column labels
   * @param rows each row has one cell per label; a cell may be null
   * @return the number of printed rows; smaller than the number of rows if the reader closed the
   *     pipe
   */
  long print(List<String> columns, Iterator<List<Object>> rows);
}
