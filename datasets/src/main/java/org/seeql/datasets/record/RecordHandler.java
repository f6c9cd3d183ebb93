package org.seeql.datasets.record;

import java.sql.SQLException;

/**
 * Is told of a data set's records, one after the other. What it does not care for it leaves out.
 */
public interface RecordHandler {
  default void info(InfoRecord info) throws SQLException {}

  default void license(LicenseRecord license, Place place) throws SQLException {}

  default void category(CategoryRecord category, Place place) throws SQLException {}

  default void image(LabelledImage image, Place place) throws SQLException {}

  default void annotation(AnnotationRecord annotation, Place place) throws SQLException {}

  /** In place of a record that cannot be made out. */
  default void unreadable(Problem problem) throws SQLException {}
}
