package org.seeql.udf.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.seeql.udf.image.ReadBudget.Reservation;
import org.seeql.udf.image.ReadBudget.WaitPolicy;

/** Reads image files into memory, after their headers show that they can be decoded. */
public final class ImageFiles {
  private static final int BEGINNING = 64 << 10;

  /** Larger reads make the JDK retain native memory of that size for each thread. */
  private static final int MAX_READ_BYTES = 256 << 10;

  private ImageFiles() {}

  /**
   * Reads a file: first its header, then the rest when the budget has memory for it.
   *
   * @param maxPixels images with more pixels are refused
   * @param waitPolicy decides how long to wait for memory
   * @throws UndecodableImageException if the header is not that of an image, or the image is too
   *     large
   * @throws IOException if the file cannot be read, or does not fit into memory
   */
  public static EncodedImage read(
      ImageFile file, long maxPixels, ReadBudget budget, WaitPolicy waitPolicy)
      throws IOException, UndecodableImageException {
    Optional<byte[]> content = file.content();
    if (content.isPresent()) {
      return new EncodedImage(content.get(), Optional.empty());
    }
    byte[] beginning = read(file, new byte[0], Math.min(file.length(), BEGINNING));
    try {
      ImageHeader.peek(Bytes.of(file, beginning)).requireAtMost(maxPixels);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return readAll(file, beginning, budget, waitPolicy);
  }

  /**
   * {@link #read(ImageFile, long, ReadBudget, WaitPolicy)} for a file that need not be an image.
   */
  public static EncodedImage read(ImageFile file, ReadBudget budget) throws IOException {
    Optional<byte[]> content = file.content();
    return content.isPresent()
        ? new EncodedImage(content.get(), Optional.empty())
        : readAll(file, new byte[0], budget, WaitPolicy.UNLIMITED);
  }

  private static EncodedImage readAll(
      ImageFile file, byte[] beginning, ReadBudget budget, WaitPolicy waitPolicy)
      throws IOException {
    Reservation reservation = budget.reserve(file.length(), waitPolicy);
    try {
      return new EncodedImage(read(file, beginning, file.length()), Optional.of(reservation));
    } catch (OutOfMemoryError e) {
      reservation.close();
      throw new IOException(
          "The file of %,d bytes does not fit into the free memory of this process (heap: %,d bytes)"
              .formatted(file.length(), Runtime.getRuntime().maxMemory()),
          e);
    } catch (IOException | RuntimeException | Error e) {
      reservation.close();
      throw e;
    }
  }

  /**
   * The first {@code length} bytes, including those already read; fewer if the file has been
   * truncated.
   */
  private static byte[] read(ImageFile file, byte[] beginning, long length) throws IOException {
    if (beginning.length == length) {
      return beginning;
    }
    byte[] bytes = Arrays.copyOf(beginning, Math.toIntExact(length));
    int filled = fill(file, beginning.length, bytes, beginning.length);
    return filled < bytes.length ? Arrays.copyOf(bytes, filled) : bytes;
  }

  /**
   * Reads up to the end of an array or of the file.
   *
   * @return the number of bytes in the array that are filled
   */
  static int fill(ImageFile file, long position, byte[] target, int offset) throws IOException {
    int at = offset;
    while (at < target.length) {
      int read =
          file.read(
              position + at - offset, target, at, Math.min(MAX_READ_BYTES, target.length - at));
      if (read < 0) {
        break;
      }
      at += read;
    }
    return at;
  }
}
