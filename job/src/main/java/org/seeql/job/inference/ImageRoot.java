package org.seeql.job.inference;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seeql.database.ledger.FileState;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.image.EncodedImage;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.ImageFiles;
import org.seeql.udf.image.ReadBudget;

/**
 * The folder that contains the images of a selection. Files outside it are never read, whatever
 * paths the table contains, unless there is no root: {@link #openOrAnywhere}. Thread-safe.
 */
public abstract sealed class ImageRoot permits LocalImageRoot, HadoopImageRoot, AnyImageRoot {
  /** No photo is larger; a larger file would only fill the memory. */
  static final long LARGEST_FILE_BYTES = 512L << 20;

  private static final String READ = "read";
  private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):/.*");
  private static final ConcurrentMap<String, ImageRoot> OPEN = new ConcurrentHashMap<>();

  /**
   * Opens a root, once for each JVM.
   *
   * @param root an absolute path, or a URI that Hadoop can read
   * @throws IOException if it is not a folder, or cannot be accessed
   */
  public static ImageRoot open(String root) throws IOException {
    ImageRoot known = OPEN.get(root);
    if (known == null) {
      known = isLocal(root) ? LocalImageRoot.at(localPath(root)) : HadoopImageRoot.at(root);
      OPEN.putIfAbsent(root, known);
    }
    known.check();
    return known;
  }

  /**
   * Opens a root, or access to all files.
   *
   * @param root as for {@link #open}; if empty, paths are absolute and all files are accessible
   */
  public static ImageRoot openOrAnywhere(String root) throws IOException {
    return root.isEmpty() ? AnyImageRoot.INSTANCE : open(root);
  }

  static boolean isLocal(String location) {
    Matcher scheme = SCHEME.matcher(location);
    return !scheme.matches() || scheme.group(1).toLowerCase(Locale.ROOT).equals("file");
  }

  static Path localPath(String location) {
    return SCHEME.matcher(location).matches()
        ? Path.of(URI.create(location.replace(" ", "%20")).getPath())
        : Path.of(location);
  }

  /** Checks that the root still exists: a volume may have been unmounted. */
  abstract void check() throws IOException;

  /**
   * Opens an image.
   *
   * @param path the path in the table: relative to the root, or absolute and below it
   * @throws IOException if it cannot be opened; the message is for users
   */
  public abstract ImageFile image(String path) throws IOException;

  /**
   * The bytes of an image, for callers that process one image at a time.
   *
   * @param path as for {@link #image}
   * @throws IOException if it cannot be read; the message is for users
   */
  public final byte[] read(String path) throws IOException {
    try (ImageFile file = image(path);
        EncodedImage read = ImageFiles.read(file, ReadBudget.ofJvm())) {
      return read.bytes();
    }
  }

  static void requireReadable(long bytes, Object file) throws IOException {
    if (bytes > LARGEST_FILE_BYTES) {
      throw new IOException(
          "The file has %d bytes (at most %d): %s".formatted(bytes, LARGEST_FILE_BYTES, file));
    }
  }

  /**
   * The state of an image's file, for detecting changes; empty if there is no readable file.
   *
   * @param path as for {@link #image}
   */
  abstract Optional<FileState> findState(String path);

  /**
   * The state of a file whose image failed. Empty if a file of a remote store could not be read:
   * the store may be the cause, not the file.
   *
   * @param path as for {@link #image}
   */
  Optional<FileState> findStateAfter(Prediction.Failure failure, String path) {
    return failure.stage().equals(READ) && this instanceof HadoopImageRoot
        ? Optional.empty()
        : findState(path);
  }
}
