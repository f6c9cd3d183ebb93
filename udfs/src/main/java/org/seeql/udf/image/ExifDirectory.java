package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A directory of EXIF data. Values that are damaged or have another type are empty, because
 * metadata must not make an image unusable.
 *
 * @see <a href="https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf">EXIF 2.3, section 4.6</a>
 */
final class ExifDirectory {
  private static final int ENTRY = 12;
  private static final int ASCII = 2;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;
  private static final int INLINE = 4;
  private static final int LONGEST_TEXT = 1000;

  private final Bytes bytes;
  private final long start;
  private final long offset;

  /**
   * @param bytes in the order of the TIFF structure
   * @param start of the TIFF structure, from which offsets count
   * @param offset of the directory in the file
   */
  private ExifDirectory(Bytes bytes, long start, long offset) {
    this.bytes = requireNonNull(bytes, "bytes is null");
    this.start = start;
    this.offset = offset;
  }

  /** The first directory of a TIFF structure. */
  static Optional<ExifDirectory> first(Bytes file, long start) {
    try {
      return ExifSection.ordered(file, start)
          .map(bytes -> new ExifDirectory(bytes, start, start + bytes.u32(start + 4)));
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** The directory to which an entry of this one points. */
  Optional<ExifDirectory> directory(int tag) {
    try {
      OptionalLong entry = entry(tag, LONG);
      return entry.isEmpty()
          ? Optional.empty()
          : Optional.of(new ExifDirectory(bytes, start, start + bytes.u32(entry.getAsLong() + 8)));
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** A text without control characters and outer spaces; empty if nothing else is left. */
  Optional<String> text(int tag) {
    try {
      OptionalLong entry = entry(tag, ASCII);
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      long count = bytes.u32(entry.getAsLong() + 4);
      if (count > LONGEST_TEXT) {
        return Optional.empty();
      }
      byte[] value = new byte[(int) count];
      long at = value(entry.getAsLong(), count);
      for (int i = 0; i < value.length; i++) {
        value[i] = (byte) bytes.u8(at + i);
      }
      // EXIF prescribes ASCII, but cameras also write UTF-8
      String text = new String(value, StandardCharsets.UTF_8);
      int end = text.indexOf('\0');
      String printed =
          (end < 0 ? text : text.substring(0, end)).replaceAll("\\p{Cntrl}", " ").strip();
      return printed.isEmpty() ? Optional.empty() : Optional.of(printed);
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Degrees of three fractions: degrees, minutes and seconds. */
  OptionalDouble degrees(int tag) {
    try {
      OptionalLong entry = entry(tag, RATIONAL);
      if (entry.isEmpty() || bytes.u32(entry.getAsLong() + 4) != 3) {
        return OptionalDouble.empty();
      }
      long at = value(entry.getAsLong(), 24);
      double degrees = fraction(at) + fraction(at + 8) / 60 + fraction(at + 16) / 3600;
      return Double.isFinite(degrees) ? OptionalDouble.of(degrees) : OptionalDouble.empty();
    } catch (IndexOutOfBoundsException e) {
      return OptionalDouble.empty();
    }
  }

  private double fraction(long at) {
    return bytes.u32(at) / (double) bytes.u32(at + 4);
  }

  private long value(long entry, long size) {
    return size <= INLINE ? entry + 8 : start + bytes.u32(entry + 8);
  }

  private OptionalLong entry(int tag, int type) {
    int entries = bytes.u16(offset);
    for (int i = 0; i < entries; i++) {
      long entry = offset + 2 + (long) i * ENTRY;
      if (bytes.u16(entry) == tag && bytes.u16(entry + 2) == type) {
        return OptionalLong.of(entry);
      }
    }
    return OptionalLong.empty();
  }
}
