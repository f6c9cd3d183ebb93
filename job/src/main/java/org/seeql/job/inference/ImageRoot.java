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
 * The folder below which a selection's images lie. Nothing outside it is ever read, whatever a path
 * in the table says, unless there is no such folder: {@link #openOrAnywhere}. Thread-safe.
 */
public abstract sealed class ImageRoot permits LocalImageRoot, HadoopImageRoot, AnyImageRoot {
  /** No photo is larger; a file that is would only fill the memory. */
  static final long LARGEST_FILE_BYTES = 512L << 20;

  private static final String READ = "read";
  private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):/.*");
  private static final ConcurrentMap<String, ImageRoot> OPEN = new ConcurrentHashMap<>();

  /**
   * A root, opened once a JVM.
   *
   * @param root an absolute path or a URI that Hadoop knows
   * @throws IOException if it is no folder, or cannot be looked at
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
   * A root, or none.
   *
   * @param root as for {@link #open}; empty: paths are absolute, and whatever they name is read
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

  /** Whether the root is still there: a volume may have been unmounted. */
  abstract void check() throws IOException;

  /**
   * Opens an image.
   *
   * @param path as the table has it: relative to the root, or absolute and below it
   * @throws IOException whose message says to people why that cannot be done
   */
  public abstract ImageFile image(String path) throws IOException;

  /**
   * The bytes of an image, for those who look at one after another.
   *
   * @param path as for {@link #image}
   * @throws IOException whose message says to people why there are none
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
   * What tells whether an image's file changes; empty where there is no file that can be read.
   *
   * @param path as for {@link #image}
   */
  abstract Optional<FileState> findState(String path);

  /**
   * The state of a file whose image failed. Of a file of a remote store that could not be read it
   * is empty: the store may have failed, and not the file.
   *
   * @param path as for {@link #image}
   */
  Optional<FileState> findStateAfter(Prediction.Failure failure, String path) {
    return failure.stage().equals(READ) && this instanceof HadoopImageRoot
        ? Optional.empty()
        : findState(path);
  }
}
