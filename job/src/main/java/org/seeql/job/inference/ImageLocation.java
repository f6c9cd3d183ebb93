package org.seeql.job.inference;

import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.seeql.job.storage.Storage;
import org.seeql.job.storage.StorageErrors;

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
   * Looks once more whether a root is there, where that is not this machine's to know.
   *
   * @param root as {@link #root} gave it
   * @throws IOException if it is not
   */
  public static void requireRemote(String root) throws IOException {
    if (!ImageRoot.isLocal(root)) {
      HadoopImageRoot.probe(root);
    }
  }

  /** Why a root cannot be used, in a few words. */
  public static String reason(IOException error) {
    return error instanceof NotDirectoryException
        ? "it is not a folder"
        : StorageErrors.reason(error);
  }
}
