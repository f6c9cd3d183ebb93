package org.seeql.database.jdbc;

import java.util.Iterator;
import java.util.List;

/**
 * Rows of a query, read from the database as they are asked for. A cell may be null, as in SQL. For
 * one thread; closing it twice is harmless.
 */
public interface RowStream extends Iterator<List<Object>>, AutoCloseable {
  @Override
  void close();

  /** Rows that are there already. */
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
