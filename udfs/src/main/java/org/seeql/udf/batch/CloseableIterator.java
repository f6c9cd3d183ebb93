package org.seeql.udf.batch;

import java.util.Iterator;

/** An iterator that holds resources until it is closed. Closing is idempotent. */
public interface CloseableIterator<T> extends Iterator<T>, AutoCloseable {
  @Override
  void close();
}
