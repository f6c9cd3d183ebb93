package org.seeql.datasets;

/**
 * Is told how far an import is. Called from the importing thread, for every file; must not block.
 */
public interface ImportListener {
  /** Hears nothing. */
  ImportListener NONE = (files, total) -> {};

  /**
   * So many of the folder's files are through.
   *
   * @param total files in the folder
   */
  void progress(long files, long total);
}
