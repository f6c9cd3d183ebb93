package org.seeql.database.jdbc;

import java.util.Iterator;
import java.util.List;

/**
 * Rows of a query, read from the database on demand. A cell may be null, as in SQL. Not
 * thread-safe. Closing it twice has no effect.
 */
public interface RowStream extends Iterator<List<Object>>, AutoCloseable {
  @Override
  void close();

  /** A stream of rows that are already in memory. */
  static RowStream of(List<List<Object>> rows) {
    Iterator<List<Object>> iterator = rows.iterator();
    return new RowStream() {
      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public List<Object> next() {
        return iterator.next();
      }

      @Override
      public void close() {
        // nothing is open
      }
    };
  }
}
