package org.seeql.datasets.record;

import java.sql.SQLException;
import java.util.OptionalLong;

/** The ids that a database has given, for sources that have none of their own. */
public interface KnownIds {

  /** The id of the image that lies there, relative to the folder of images that is imported. */
  OptionalLong image(String fileName) throws SQLException;

  /** The highest id of an image; 0 if there is none. */
  long lastImage() throws SQLException;

  OptionalLong category(String name) throws SQLException;

  boolean hasCategory(long id) throws SQLException;
}
