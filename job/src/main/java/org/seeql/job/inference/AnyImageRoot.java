package org.seeql.job.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seeql.database.ledger.FileState;
import org.seeql.job.storage.Storage;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.RegularFile;

/**
 * All files that this process may read, by absolute path or URI. Used by queries over frames, which
 * could also read the files with Spark's own data sources.
 */
final class AnyImageRoot extends ImageRoot {
  static final AnyImageRoot INSTANCE = new AnyImageRoot();

  private static final Pattern FILE_SCHEME = Pattern.compile("(?i)^file:(//[^/]*)?(?=/)");

  private AnyImageRoot() {}

  @Override
  void check() {
    // always available
  }

  @Override
  public ImageFile image(String path) throws IOException {
    if (path.isBlank()) {
      throw new IOException("The path is empty");
    }
    if (isLocal(path)) {
      return LocalImageRoot.openFile(() -> local(path), RegularFile.Guard.NONE);
    }
    org.apache.hadoop.fs.Path file;
    try {
      file = new org.apache.hadoop.fs.Path(path);
    } catch (IllegalArgumentException e) {
      throw new IOException("It is not a path: " + e.getMessage(), e);
    }
    return HadoopImageFile.open(Storage.of(file), file);
  }

  // Only runs remember failed images, and runs have a root
  @Override
  Optional<FileState> findState(String path) {
    return Optional.empty();
  }

  // Spark's binaryFile writes names unescaped, input_file_name() with escaped characters
  private static Path local(String path) throws IOException {
    Path file = Path.of(FILE_SCHEME.matcher(path).replaceFirst(""));
    if (!file.isAbsolute()) {
      throw new IOException(
          "The path '%s' is relative; set image_dir, or use absolute paths".formatted(path));
    }
    if (!Files.exists(file) && path.indexOf('%') >= 0) {
      file = localPath(path);
    }
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return file;
  }
}
