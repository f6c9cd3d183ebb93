package org.seeql.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of data sets on the command line. */
final class DataSetFolders {
  private DataSetFolders() {}

  /**
   * The absolute path of an image folder. A URI is returned unchanged, without trailing slashes.
   */
  static String imageFolder(Invocation invocation, String folder) {
    return folder.contains("://")
        ? folder.replaceFirst("/+$", "")
        : existing(invocation, folder, "the images of").toString();
  }

  /**
   * The real path of an existing folder, with symbolic links resolved.
   *
   * @param what the purpose of the folder, for the error message: "the images of"
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
