package org.seeql.datasets.record;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * A data set on disk as a stream of records. It can be read several times, with the same records
 * each time unless the files are changed. Not thread-safe.
 */
public interface DataSetSource {

  /** The file or folder as the user specified it. */
  String name();

  /** The split of its images, if the format has splits. Otherwise, the user specifies the split. */
  default Optional<String> split() {
    return Optional.empty();
  }

  /**
   * Called once, before the first reading. A format without ids obtains them from the given ids.
   */
  default void begin(KnownIds ids) throws IOException, SQLException {}

  /**
   * Reads the source from beginning to end. Sections have the order of the file, not that of {@link
   * Section}. Memory use does not grow with the number of records.
   *
   * @param sections the sections that the handler receives; the others are skipped quickly
   * @throws MalformedFileException if the file is so malformed that the rest cannot be read
   * @throws SQLException if the handler throws it
   */
  void read(Set<Section> sections, RecordHandler handler) throws IOException, SQLException;
}
