package org.seeql.udf.image;

import java.nio.ByteOrder;

/**
 * A directory of a TIFF file. Reading beyond the file's end throws {@link
 * IndexOutOfBoundsException}.
 *
 * @param entries the offset of the first entry
 * @param wide whether offsets and counts have 8 bytes, as in BigTIFF
 */
record TiffDirectory(Bytes bytes, long entries, long count, boolean wide) {
  private static final int MAX_ENTRIES = 0xFFFF;

  static TiffDirectory first(Bytes file) {
    Bytes bytes =
        file.in(file.startsWith(0, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    boolean wide = bytes.u16(2) == 43;
    long at = wide ? bytes.s64(8) : bytes.u32(4);
    long count = wide ? bytes.s64(at) : bytes.u16(at);
    if (count < 0 || count > MAX_ENTRIES) {
      throw new IndexOutOfBoundsException("a directory of " + count + " entries");
    }
    return new TiffDirectory(bytes, at + (wide ? 8 : 2), count, wide);
  }

  /** The offset of an entry; -1 if there is none. */
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

  long values(long entry) {
    return wide ? bytes.s64(entry + 4) : bytes.u32(entry + 4);
  }

  long value(long entry, long index) {
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

  /** The size of an integer type; other types are not expected where numbers are read. */
  private static int size(int type) {
    return switch (type) {
      case 1, 2, 6, 7 -> 1;
      case 3, 8 -> 2;
      case 4, 9, 11, 13 -> 4;
      default -> 8;
    };
  }
}
