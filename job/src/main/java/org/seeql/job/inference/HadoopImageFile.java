package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;
import org.seeql.job.storage.StorageErrors;
import org.seeql.udf.image.ImageFile;

/** An image file in a store that Hadoop can read. */
final class HadoopImageFile implements ImageFile {
  private final Path path;
  private final FSDataInputStream in;
  private final long length;

  private HadoopImageFile(Path path, FSDataInputStream in, long length) {
    this.path = requireNonNull(path, "path is null");
    this.in = requireNonNull(in, "in is null");
    this.length = length;
  }

  /** Opens a file. The exception's message gives the reason in plain words. */
  static HadoopImageFile open(FileSystem files, Path path) throws IOException {
    FileStatus status;
    try {
      status = files.getFileStatus(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    if (!status.isFile()) {
      throw new IOException("It is a folder: " + path);
    }
    ImageRoot.requireReadable(status.getLen(), path);
    try {
      // Passing the status saves another request to the store
      FSDataInputStream in =
          FutureIO.awaitFuture(
              files
                  .openFile(path)
                  .withFileStatus(status)
                  .opt(
                      OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY,
                      OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_SEQUENTIAL)
                  .build());
      return new HadoopImageFile(path, in, status.getLen());
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static IOException unreadable(Path path, IOException reason) {
    return reason instanceof FileNotFoundException
        ? new IOException("There is no such file: " + path, reason)
        : new IOException(
            "The file cannot be read: %s: %s".formatted(path, StorageErrors.reason(reason)),
            reason);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public int read(long position, byte[] target, int offset, int count) throws IOException {
    try {
      if (in.getPos() != position) {
        in.seek(position);
      }
      return in.read(target, offset, count);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
