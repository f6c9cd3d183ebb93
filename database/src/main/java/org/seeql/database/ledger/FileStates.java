package org.seeql.database.ledger;

import java.util.List;
import java.util.Optional;

/** Looks at the files of images as they are now. */
@FunctionalInterface
public interface FileStates {
  /**
   * The state of each file, in the order of the paths; empty where there is no file that can be
   * read.
   *
   * @param paths as in the selection; empty where it is NULL
   */
  List<Optional<FileState>> of(List<Optional<String>> paths);
}
