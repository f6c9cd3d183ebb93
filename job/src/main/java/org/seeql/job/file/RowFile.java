package org.seeql.job.file;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes rows into a file. Memory does not grow with the number of rows. Not thread-safe. */
public interface RowFile extends AutoCloseable {

  /** Opens a file of a format. */
  @FunctionalInterface
  interface Format {
    /**
     * Begins a file.
     *
     * @param out the caller closes it after the file
     */
    RowFile open(OutputStream out, List<FileColumn> columns) throws IOException;
  }

  /**
   * Writes a row.
   *
   * @param cells one per column: null, a number, a truth value, bytes, or the text of the database
   * @throws org.seeql.database.RefusalException if the format cannot represent a value
   */
  void write(List<?> cells) throws IOException;

  /** Completes the file. The rows are written only if this does not throw an exception. */
  @Override
  void close() throws IOException;
}
