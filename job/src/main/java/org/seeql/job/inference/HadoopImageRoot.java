package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.seeql.database.ledger.FileState;
import org.seeql.job.storage.Storage;
import org.seeql.udf.image.ImageFile;

/** A folder of a Hadoop file system: {@code s3a:}, {@code hdfs:} and others. */
final class HadoopImageRoot extends ImageRoot {
  private final FileSystem files;
  private final Path root;

  private HadoopImageRoot(FileSystem files, Path root) {
    this.files = requireNonNull(files, "files is null");
    this.root = requireNonNull(root, "root is null");
  }

  static HadoopImageRoot at(String root) throws IOException {
    Path path = path(root);
    HadoopImageRoot opened = over(Storage.of(path), path);
    opened.check();
    return opened;
  }

  /**
   * Checks within seconds that the folder exists.
   *
   * @throws IOException if it does not exist, or the store does not respond
   */
  static void probe(String root) throws IOException {
    Path path = path(root);
    try (FileSystem files = Storage.impatient(path)) {
      HadoopImageRoot opened = over(files, path);
      opened.check();
      if (opened.root.isRoot()) {
        // S3A treats the root of a bucket as a folder without a request
        files.listStatusIterator(opened.root).hasNext();
      }
    }
  }

  private static Path path(String root) throws IOException {
    try {
      return new Path(root);
    } catch (IllegalArgumentException e) {
      throw new IOException("it is not a URI: " + e.getMessage(), e);
    }
  }

  private static HadoopImageRoot over(FileSystem files, Path root) {
    return new HadoopImageRoot(files, files.makeQualified(root));
  }

  @Override
  void check() throws IOException {
    try {
      if (!files.getFileStatus(root).isDirectory()) {
        throw new IOException("it is not a folder");
      }
    } catch (FileNotFoundException e) {
      throw new FileNotFoundException("there is no such folder");
    }
  }

  @Override
  public ImageFile image(String path) throws IOException {
    return HadoopImageFile.open(files, locate(path));
  }

  @Override
  Optional<FileState> findState(String path) {
    try {
      FileStatus status = files.getFileStatus(locate(path));
      return status.isFile()
          ? Optional.of(new FileState(status.getLen(), status.getModificationTime()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path locate(String path) throws IOException {
    if (path.isBlank()) {
      throw new IOException("The path is empty");
    }
    Path file;
    try {
      file = files.makeQualified(new Path(root, Storage.canonical(path)));
    } catch (IllegalArgumentException e) {
      throw new IOException("The path '%s' leaves the image root %s".formatted(path, root), e);
    }
    URI uri = file.toUri().normalize();
    String folder = root.toUri().getPath();
    boolean below =
        uri.getScheme().equals(root.toUri().getScheme())
            && String.valueOf(uri.getAuthority())
                .equals(String.valueOf(root.toUri().getAuthority()))
            && uri.getPath().startsWith(folder.endsWith("/") ? folder : folder + "/");
    if (!below) {
      throw new IOException("The path '%s' leaves the image root %s".formatted(path, root));
    }
    return new Path(uri);
  }
}
