package org.seeql.datasets.record;

import java.sql.SQLException;
import java.util.OptionalLong;

/** The ids that a database has assigned, for sources without ids of their own. */
public interface KnownIds {

  /** The id of the image with a file name relative to the imported folder of images. */
  OptionalLong image(String fileName) throws SQLException;

  /** The highest image id; 0 if there is none. */
  long lastImage() throws SQLException;

  OptionalLong category(String name) throws SQLException;

  boolean hasCategory(long id) throws SQLException;
}
