package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.seeql.udf.image.ImageFile;

/**
 * The SHA-256 of one image file, which is computed while the file is read. For one reader at a
 * time.
 */
final class ContentHash {
  private final MessageDigest digest;
  private long hashed;
  private Optional<String> result = Optional.empty();

  ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The hash, as 64 hexadecimal digits, after the whole file was read. */
  String hexadecimal() {
    if (result.isEmpty()) {
      result = Optional.of(HexFormat.of().formatHex(digest.digest()));
    }
    return result.get();
  }

  /** The same file, whose bytes are hashed. Its reader reads it from the beginning to the end. */
  ImageFile hashing(ImageFile file) {
    requireNonNull(file, "file is null");
    digest.reset();
    hashed = 0;
    return new ImageFile() {
      @Override
      public long length() {
        return file.length();
      }

      @Override
      public int read(long position, byte[] target, int offset, int length) throws IOException {
        int read = file.read(position, target, offset, length);
        // the header is read first, and parts of it twice
        long known = hashed - position;
        if (known >= 0 && read > known) {
          digest.update(target, offset + (int) known, read - (int) known);
          hashed += read - known;
        }
        return read;
      }

      @Override
      public Optional<byte[]> content() {
        Optional<byte[]> content = file.content();
        if (content.isPresent() && hashed == 0) {
          digest.update(content.get());
          hashed = content.get().length;
        }
        return content;
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
