package org.seeql.job.inference;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Image roots as people name them. */
public final class ImageLocation {
  private ImageLocation() {}

  /**
   * A root in full, once it is sure that it is a folder.
   *
   * @param root a URI, or a path from the base directory
   * @throws IOException if it is not
   */
  public static String root(String root, Path baseDirectory) throws IOException {
    String full =
        ImageRoot.isLocal(root)
            ? baseDirectory.resolve(ImageRoot.localPath(root)).normalize().toString()
            : root;
    ImageRoot.open(full);
    return full;
  }

  /** Why a root cannot be used, in a few words. */
  public static String reason(IOException error) {
    if (error instanceof NotDirectoryException) {
      return "it is not a folder";
    }
    if (error instanceof FileSystemException e && e.getReason() != null) {
      return e.getReason();
    }
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
  }
}
