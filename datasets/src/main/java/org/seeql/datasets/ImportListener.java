package org.seeql.datasets;

/**
 * Receives the progress of an import. Called from the importing thread for every file; must not
 * block.
 */
public interface ImportListener {
  /** A listener that does nothing. */
  ImportListener NONE = (files, total) -> {};

  /**
   * Reports how many of the folder's files have been processed.
   *
   * @param total files in the folder
   */
  void progress(long files, long total);
}
