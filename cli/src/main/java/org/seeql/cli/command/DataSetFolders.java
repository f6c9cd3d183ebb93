package org.seeql.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of data sets on the command line. */
final class DataSetFolders {
  private DataSetFolders() {}

  /** A folder of images in full; a URI as it is. */
  static String imageFolder(Invocation invocation, String folder) {
    return folder.contains("://")
        ? folder.replaceFirst("/+$", "")
        : existing(invocation, folder, "the images of").toString();
  }

  /**
   * A folder without symbolic links in it.
   *
   * @param what it is looked for: "the images of"
   */
  static Path existing(Invocation invocation, String folder, String what) {
    Path path = invocation.resolve(folder);
    if (!Files.isDirectory(path)) {
      throw new CommandRefusal(
          "Cannot import %s %s: %s"
              .formatted(
                  what,
                  path,
                  Files.exists(path) ? "it is a file, not a folder" : "there is no such folder"));
    }
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new CommandRefusal("Cannot import %s %s: %s".formatted(what, path, e.getMessage()), e);
    }
  }
}
