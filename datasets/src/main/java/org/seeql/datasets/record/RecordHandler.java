package org.seeql.datasets.record;

import java.sql.SQLException;

/**
 * Receives the records of a data set, one at a time. An implementation overrides the methods for
 * the records that it needs.
 */
public interface RecordHandler {
  default void info(InfoRecord info) throws SQLException {}

  default void license(LicenseRecord license, Place place) throws SQLException {}

  default void category(CategoryRecord category, Place place) throws SQLException {}

  default void image(LabelledImage image, Place place) throws SQLException {}

  default void annotation(AnnotationRecord annotation, Place place) throws SQLException {}

  /** Called instead of the other methods for a record that cannot be read. */
  default void unreadable(Problem problem) throws SQLException {}
}
