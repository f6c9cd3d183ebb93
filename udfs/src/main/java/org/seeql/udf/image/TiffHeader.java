package org.seeql.udf.image;

import java.nio.ByteOrder;

/**
 * The first directory of a TIFF file, which may lie anywhere in it: that of its first page.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0</a>
 * @see <a href="https://libtiff.gitlab.io/libtiff/specification/bigtiff.html">BigTIFF</a>
 */
final class TiffHeader {
  private static final int NEW_SUBFILE_TYPE = 254;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS_PER_SAMPLE = 258;
  private static final int COMPRESSION = 259;
  private static final int STRIP_OFFSETS = 273;
  private static final int ORIENTATION = 274;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int DNG_VERSION = 50706;

  private static final int REDUCED = 1;
  private static final int MOST_BITS = 16;
  private static final int MOST_ENTRIES = 0xFFFF;

  private TiffHeader() {}

  static boolean isTiff(Bytes file) {
    return file.startsWith(0, "II*\0")
        || file.startsWith(0, "MM\0*")
        || file.startsWith(0, "II+\0")
        || file.startsWith(0, "MM\0+");
  }

  /** The size in the directory; of the rest of the file nothing is read. */
  static ImageHeader peek(Bytes file) throws UndecodableImageException {
    Directory directory = Directory.first(file);
    boolean raw =
        file.startsWith(8, "CR")
            || directory.find(DNG_VERSION) >= 0
            || (directory.number(NEW_SUBFILE_TYPE, 0) & REDUCED) != 0;
    if (raw) {
      throw new UndecodableImageException(
          "The file is a raw image of a camera, of which only a preview could be decoded;"
              + " convert it");
    }
    long bits = directory.number(BITS_PER_SAMPLE, 1);
    if (bits > MOST_BITS) {
      throw new UndecodableImageException(
          "The TIFF file has %d bits a sample, and at most %d can be decoded; convert it"
              .formatted(bits, MOST_BITS));
    }
    return new ImageHeader(
        ImageFileFormat.TIFF,
        clamp(directory.number(WIDTH, 0)),
        clamp(directory.number(HEIGHT, 0)),
        0,
        Orientation.ofExif(directory.number(ORIENTATION, 1)));
  }

  /** Checks that the pixels lie within the file, too. */
  static ImageHeader parse(Bytes file) throws UndecodableImageException {
    ImageHeader header = peek(file);
    Directory directory = Directory.first(file);
    directory.requireParts(STRIP_OFFSETS, STRIP_BYTES);
    directory.requireParts(TILE_OFFSETS, TILE_BYTES);
    return header;
  }

  private static int clamp(long number) {
    return (int) Math.max(0, Math.min(number, Integer.MAX_VALUE));
  }

  /** Why a file that seems whole gives no pixels. */
  static String undecodable(byte[] content) {
    Directory directory = Directory.first(Bytes.of(content));
    return "The TIFF file of %d bytes cannot be decoded: it is damaged, or of a kind that is not known (compression %d, %d bits a sample)"
        .formatted(
            content.length, directory.number(COMPRESSION, 1), directory.number(BITS_PER_SAMPLE, 1));
  }

  /**
   * A directory.
   *
   * @param entries the offset of the first
   * @param wide whether offsets and counts have 8 bytes, as in BigTIFF
   */
  private record Directory(Bytes bytes, long entries, long count, boolean wide) {
    static Directory first(Bytes file) {
      Bytes bytes =
          file.in(file.startsWith(0, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      boolean wide = bytes.u16(2) == 43;
      long at = wide ? bytes.s64(8) : bytes.u32(4);
      long count = wide ? bytes.s64(at) : bytes.u16(at);
      if (count < 0 || count > MOST_ENTRIES) {
        throw new IndexOutOfBoundsException("a directory of " + count + " entries");
      }
      return new Directory(bytes, at + (wide ? 8 : 2), count, wide);
    }

    /** The offset of an entry; -1 where there is none. */
    long find(int tag) {
      int size = wide ? 20 : 12;
      for (long i = 0; i < count; i++) {
        long entry = entries + i * size;
        if (bytes.u16(entry) == tag) {
          return entry;
        }
      }
      return -1;
    }

    long number(int tag, long otherwise) {
      long entry = find(tag);
      return entry < 0 || values(entry) < 1 ? otherwise : value(entry, 0);
    }

    private long values(long entry) {
      return wide ? bytes.s64(entry + 4) : bytes.u32(entry + 4);
    }

    private long value(long entry, long index) {
      int type = bytes.u16(entry + 2);
      int size = size(type);
      long field = entry + (wide ? 12 : 8);
      long inline = wide ? 8 : 4;
      boolean isInline = values(entry) <= inline / size;
      long start = isInline ? field : wide ? bytes.s64(field) : bytes.u32(field);
      long at = start + index * size;
      return switch (size) {
        case 1 -> bytes.u8(at);
        case 2 -> bytes.u16(at);
        case 4 -> bytes.u32(at);
        default -> bytes.s64(at);
      };
    }

    /** Of the types of whole numbers; others are not expected where numbers are read. */
    private static int size(int type) {
      return switch (type) {
        case 1, 2, 6, 7 -> 1;
        case 3, 8 -> 2;
        case 4, 9, 11, 13 -> 4;
        default -> 8;
      };
    }

    void requireParts(int offsetsTag, int bytesTag) throws UndecodableImageException {
      long offsets = find(offsetsTag);
      long lengths = find(bytesTag);
      if (offsets < 0 || lengths < 0) {
        return;
      }
      long parts = Math.min(values(offsets), values(lengths));
      for (long i = 0; i < parts; i++) {
        long offset = value(offsets, i);
        long length = value(lengths, i);
        if (offset < 0 || length < 0 || offset > bytes.length() - length) {
          throw ImageHeader.truncated(ImageFileFormat.TIFF, bytes.length());
        }
      }
    }
  }
}
