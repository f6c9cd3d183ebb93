package org.seeql.database.ledger;

import java.util.List;
import java.util.Optional;

/** Reads the current state of image files. */
@FunctionalInterface
public interface FileStates {
  /**
   * The state of each file, in the order of the paths; empty if there is no readable file.
   *
   * @param paths as in the selection; empty if a path is NULL
   */
  List<Optional<FileState>> of(List<Optional<String>> paths);
}
