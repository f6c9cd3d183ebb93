package org.seeql.udf.image;

import java.util.function.LongUnaryOperator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The strips or tiles that contain the pixels of a TIFF file's page. */
final class TiffParts {
  private static final int STRIP_OFFSETS = 273;
  private static final int SAMPLES = 277;
  private static final int STRIP_ROWS = 278;
  private static final int STRIP_BYTES = 279;
  private static final int PLANES = 284;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;

  private static final int SEPARATE_PLANES = 2;
  private static final long DEFLATE = 8;
  private static final long OLD_DEFLATE = 32946;
  private static final int CHUNK = 64 << 10;

  /** Tiles may extend beyond the image, and there may be more samples than colours. */
  private static final long MAX_PADDING = 64L << 20;

  private static final long MAX_PIXEL_BYTES = 64;

  private final Bytes file;
  private final TiffDirectory directory;
  private final boolean tiled;

  TiffParts(Bytes file) {
    this.file = file;
    directory = TiffDirectory.first(file);
    tiled = directory.find(TILE_OFFSETS) >= 0;
  }

  /** A check to apply to each part. */
  private interface Check {
    void of(long part, long offset, long length) throws UndecodableImageException;
  }

  private void forEach(Check check) throws UndecodableImageException {
    long offsets = directory.find(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
    long lengths = directory.find(tiled ? TILE_BYTES : STRIP_BYTES);
    if (offsets < 0 || lengths < 0) {
      return; // old files without these entries have one strip up to the end
    }
    long parts = Math.min(directory.values(offsets), directory.values(lengths));
    for (long part = 0; part < parts; part++) {
      check.of(part, directory.value(offsets, part), directory.value(lengths, part));
    }
  }

  /** Checks that all parts are inside the file. */
  void requireWithinFile() throws UndecodableImageException {
    forEach(
        (part, offset, length) -> {
          if (offset < 0 || length < 0 || offset > file.length() - length) {
            throw ImageHeader.truncated(ImageFileFormat.TIFF, file.length());
          }
        });
  }

  /**
   * Inflates the parts of a file with Deflate compression, to detect damage. OpenCV ignores the
   * errors that libtiff reports.
   *
   * @param header whose size the caller has already accepted
   */
  void requirePixels(ImageHeader header) throws UndecodableImageException {
    long compression = directory.number(TiffHeader.COMPRESSION, 1);
    if (compression != DEFLATE && compression != OLD_DEFLATE) {
      return;
    }
    long max = MAX_PADDING + header.pixels() * MAX_PIXEL_BYTES;
    LongUnaryOperator pixelBytes = pixelBytes();
    long[] total = {0};
    try (Inflating inflating = new Inflating()) {
      forEach(
          (part, offset, length) -> {
            long expected = pixelBytes.applyAsLong(part);
            total[0] += expected;
            if (expected < 0 || total[0] > max) {
              throw damaged(null);
            }
            inflating.require(offset, length, expected);
          });
    }
  }

  /**
   * The uncompressed size of each part in bytes. Reads the directory only once, because it may have
   * many entries and the file many parts.
   */
  private LongUnaryOperator pixelBytes() {
    long height = directory.number(TiffHeader.HEIGHT, 0);
    boolean separate = directory.number(PLANES, 1) == SEPARATE_PLANES;
    long samples = separate ? 1 : directory.number(SAMPLES, 1);
    long width = directory.number(tiled ? TILE_WIDTH : TiffHeader.WIDTH, 0);
    long rowBytes = (width * samples * directory.number(TiffHeader.BITS_PER_SAMPLE, 1) + 7) / 8;
    if (tiled) {
      long bytes = rowBytes * directory.number(TILE_HEIGHT, 0);
      return part -> bytes;
    }
    long rows = Math.max(1, Math.min(height, directory.number(STRIP_ROWS, height)));
    long stripsOfPlane = (height + rows - 1) / rows;
    return part -> rowBytes * Math.min(rows, height - part % stripsOfPlane * rows);
  }

  /** Inflates the parts one after another. */
  private final class Inflating implements AutoCloseable {
    private final Inflater inflater = new Inflater();
    private final byte[] compressed = new byte[CHUNK];
    private final byte[] pixels = new byte[CHUNK];

    void require(long offset, long length, long expected) throws UndecodableImageException {
      inflater.reset();
      long at = offset;
      long done = 0;
      try {
        while (done < expected && !inflater.finished()) {
          if (inflater.needsInput() && at < offset + length) {
            int count = (int) Math.min(CHUNK, offset + length - at);
            file.copy(at, compressed, count);
            inflater.setInput(compressed, 0, count);
            at += count;
          }
          int inflated = inflater.inflate(pixels);
          if (inflated == 0 && (inflater.needsDictionary() || at >= offset + length)) {
            break;
          }
          done += inflated;
        }
      } catch (DataFormatException e) {
        throw damaged(e);
      }
      if (done < expected) {
        throw damaged(null);
      }
    }

    @Override
    public void close() {
      inflater.end();
    }
  }

  private UndecodableImageException damaged(Exception cause) {
    return new UndecodableImageException(
        "The TIFF file of %d bytes is damaged: its pixels cannot be decompressed"
            .formatted(file.length()),
        cause);
  }
}
