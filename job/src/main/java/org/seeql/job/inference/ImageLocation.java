package org.seeql.job.inference;

import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.seeql.job.storage.Storage;
import org.seeql.job.storage.StorageErrors;

/** Parses and checks image roots as users write them. */
public final class ImageLocation {
  private ImageLocation() {}

  /**
   * The complete form of a root, after a check that it is a folder.
   *
   * @param root a URI, or a path relative to the base directory
   * @throws IOException if it is not a folder
   */
  public static String root(String root, Path baseDirectory) throws IOException {
    if (!ImageRoot.isLocal(root)) {
      String canonical = Storage.canonical(root);
      HadoopImageRoot.probe(canonical);
      return canonical;
    }
    String full = baseDirectory.resolve(ImageRoot.localPath(root)).normalize().toString();
    ImageRoot.open(full);
    return full;
  }

  /**
   * Checks again that a root exists if it is not a folder of this machine.
   *
   * @param root as returned by {@link #root}
   * @throws IOException if it does not exist
   */
  public static void requireRemote(String root) throws IOException {
    if (!ImageRoot.isLocal(root)) {
      HadoopImageRoot.probe(root);
    }
  }

  /** A short reason why a root cannot be used. */
  public static String reason(IOException error) {
    return error instanceof NotDirectoryException
        ? "it is not a folder"
        : StorageErrors.reason(error);
  }
}
