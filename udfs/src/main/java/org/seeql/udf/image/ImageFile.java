package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * An image's file that is open, of which nothing is in memory yet. One thread's; closed by whoever
 * opened it.
 */
public interface ImageFile extends Closeable {
  /** The size of the file in bytes. */
  long length();

  /**
   * Reads some bytes; may return fewer than asked for.
   *
   * @param position in the file, from 0
   * @return how many bytes were read; -1 at the end of the file
   */
  int read(long position, byte[] target, int offset, int length) throws IOException;

  /** All bytes, where they are in memory already. */
  default Optional<byte[]> content() {
    return Optional.empty();
  }

  @Override
  default void close() throws IOException {}

  /** A file that is in memory already, and stays there. */
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
