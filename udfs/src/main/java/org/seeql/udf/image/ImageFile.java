package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** An open image file whose content is not in memory yet. Not thread-safe; closed by its opener. */
public interface ImageFile extends Closeable {
  /** The size of the file in bytes. */
  long length();

  /**
   * Reads bytes; may return fewer than requested.
   *
   * @param position in the file, from 0
   * @return the number of bytes read; -1 at the end of the file
   */
  int read(long position, byte[] target, int offset, int length) throws IOException;

  /** The whole content, if it is already in memory. */
  default Optional<byte[]> content() {
    return Optional.empty();
  }

  @Override
  default void close() throws IOException {}

  /** A file that is already in memory and stays there. */
  static ImageFile of(byte[] content) {
    requireNonNull(content, "content is null");
    return new ImageFile() {
      @Override
      public long length() {
        return content.length;
      }

      @Override
      public int read(long position, byte[] target, int offset, int length) {
        if (position >= content.length) {
          return -1;
        }
        int read = (int) Math.min(length, content.length - position);
        System.arraycopy(content, (int) position, target, offset, read);
        return read;
      }

      @Override
      public Optional<byte[]> content() {
        return Optional.of(content);
      }
    };
  }
}
