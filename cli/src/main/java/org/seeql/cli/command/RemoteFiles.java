package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.seeql.datasets.FileTree;
import org.seeql.job.inference.ImageRoot;
import org.seeql.job.storage.Storage;
import org.seeql.job.storage.StorageErrors;
import org.seeql.udf.image.ImageFile;

/** A folder of a store that Hadoop can read: {@code s3a:}, {@code hdfs:} and others. */
final class RemoteFiles implements FileTree {
  // each file takes a round trip to the store
  private static final int READERS = 16;

  private final String root;
  private final FileSystem files;
  private final Path folder;
  private final ImageRoot images;

  private RemoteFiles(String root, FileSystem files, ImageRoot images) {
    this.root = requireNonNull(root, "root is null");
    this.files = requireNonNull(files, "files is null");
    this.images = requireNonNull(images, "images is null");
    this.folder = files.makeQualified(new Path(root));
  }

  /**
   * The files of a folder.
   *
   * @throws CommandRefusal if there is no such folder, or the store cannot be reached
   */
  static RemoteFiles of(String uri) {
    String root = Storage.canonical(uri);
    Path path = path(root, uri);
    try {
      // reports a store that does not respond within seconds
      try (FileSystem impatient = Storage.impatient(path)) {
        impatient.listStatusIterator(path).hasNext();
      }
      return new RemoteFiles(root, Storage.of(path), ImageRoot.open(root));
    } catch (FileNotFoundException e) {
      // S3A reports a missing bucket in the same way
      throw new CommandRefusal(
          "Cannot import %s: %s"
              .formatted(
                  uri,
                  StorageErrors.isOfBucket(e)
                      ? StorageErrors.reason(e)
                      : "there is no such folder"));
    } catch (IOException e) {
      throw new CommandRefusal("Cannot import %s: %s".formatted(uri, StorageErrors.reason(e)));
    } catch (IllegalArgumentException e) {
      // the file system rejects the host, the port or a setting
      throw new CommandRefusal("Cannot import %s: %s".formatted(uri, e.getMessage()), e);
    }
  }

  private static Path path(String root, String uri) {
    try {
      return new Path(root);
    } catch (IllegalArgumentException e) {
      throw new CommandRefusal("Cannot import %s: it is not a URI".formatted(uri), e);
    }
  }

  @Override
  public String root() {
    return root;
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    String above = folder.toUri().getPath().replaceFirst("/*$", "/");
    RemoteIterator<LocatedFileStatus> found = files.listFiles(folder, true);
    while (found.hasNext()) {
      LocatedFileStatus file = found.next();
      String name = file.getPath().toUri().getPath().substring(above.length());
      if (!name.startsWith(".") && !name.contains("/.")) {
        visitor.file(name, file.getLen());
      }
    }
  }

  @Override
  public ImageFile open(String name) throws IOException {
    return images.image(name);
  }

  @Override
  public int readers() {
    return READERS;
  }

  @Override
  public boolean isRemote() {
    return true;
  }
}
