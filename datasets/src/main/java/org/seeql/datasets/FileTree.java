package org.seeql.datasets;

import java.io.IOException;
import org.seeql.udf.image.ImageFile;

/** A folder with subfolders whose images are imported: on this machine, or in a remote store. */
public interface FileTree {

  /** The folder as image roots are stored: an absolute path, or a URI. */
  String root();

  /**
   * Visits all files, except hidden ones and those in hidden folders.
   *
   * @throws IOException if the folder cannot be listed
   */
  void walk(Visitor visitor) throws IOException;

  /**
   * Opens a file. Thread-safe.
   *
   * @param name as it was visited
   */
  ImageFile open(String name) throws IOException;

  /** The number of files that are read at the same time. */
  int readers();

  /**
   * Whether the files are in a remote store. If one cannot be read, the store may be the cause, and
   * not the file.
   */
  default boolean isRemote() {
    return false;
  }

  /** Receives every file, by its path relative to the folder, with slashes. */
  interface Visitor {
    void file(String name, long bytes) throws IOException;

    /**
     * Receives a path that is not imported.
     *
     * @param name of a file, or of a folder whose content is not visited
     */
    void skipped(String name, String reason) throws IOException;

    /**
     * Receives a path that has an entry in its folder, but whose file does not exist.
     *
     * @param name of the entry
     */
    default void missing(String name, String reason) throws IOException {
      skipped(name, reason);
    }
  }

  /** The number of files, including those that will be skipped. */
  default long count() throws IOException {
    long[] count = {0};
    walk(
        new Visitor() {
          @Override
          public void file(String name, long bytes) {
            count[0]++;
          }

          @Override
          public void skipped(String name, String reason) {
            count[0]++;
          }
        });
    return count[0];
  }
}
