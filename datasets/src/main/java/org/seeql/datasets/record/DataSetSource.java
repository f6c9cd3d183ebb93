package org.seeql.datasets.record;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;

/**
 * A data set on disk as a stream of records. It can be read several times, and says the same each
 * time, unless somebody changes the files meanwhile. For one thread.
 */
public interface DataSetSource {

  /** The file or folder, as the user named it. */
  String name();

  /** Is called once, before the first reading: a format without ids takes them from here. */
  default void begin(KnownIds ids) throws IOException, SQLException {}

  /**
   * Reads it from its beginning to its end. Sections come in the order of the file, not in that of
   * {@link Section}. Memory does not grow with the number of records.
   *
   * @param sections those that the handler is told of; the others are passed over quickly
   * @throws MalformedFileException if the file is so broken that nothing can be made of the rest
   * @throws SQLException what the handler throws
   */
  void read(Set<Section> sections, RecordHandler handler) throws IOException, SQLException;
}
