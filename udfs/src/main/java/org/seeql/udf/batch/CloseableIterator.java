package org.seeql.udf.batch;

import java.util.Iterator;

/** An iterator that holds resources until it is closed; closing twice does nothing. */
public interface CloseableIterator<T> extends Iterator<T>, AutoCloseable {
  @Override
  void close();
}
