package org.seeql.udf.image;

import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the EXIF data of an image file: the offset of its TIFF structure. */
final class ExifSection {
  private static final int SOS = 0xDA;
  private static final int APP1 = 0xE1;
  private static final int PNG_SIGNATURE = 8;
  private static final int WEBP_CHUNKS = 12;
  private static final int CHUNK_HEADER = 8;

  private ExifSection() {}

  /** Empty if the file has no EXIF data, or is damaged before it. */
  static OptionalLong find(Bytes file) {
    try {
      if (TiffHeader.isTiff(file)) {
        return OptionalLong.of(0);
      }
      if (file.startsWith(0, "\u00ff\u00d8")) {
        return inJpeg(file);
      }
      if (file.startsWith(1, "PNG")) {
        return inPng(file);
      }
      return file.startsWith(8, "WEBP") ? inWebp(file) : OptionalLong.empty();
    } catch (IndexOutOfBoundsException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong inJpeg(Bytes file) {
    long at = 2;
    while (true) {
      while (file.u8(at) != 0xFF) {
        at++;
      }
      while (file.u8(at) == 0xFF) {
        at++;
      }
      int marker = file.u8(at++);
      if (marker == SOS || marker == JpegHeader.EOI) {
        return OptionalLong.empty();
      }
      if (JpegHeader.standsAlone(marker)) {
        continue;
      }
      if (marker == APP1 && file.startsWith(at + 2, "Exif\0\0")) {
        return OptionalLong.of(at + 8);
      }
      at += file.u16(at);
    }
  }

  private static OptionalLong inPng(Bytes file) {
    long at = PNG_SIGNATURE;
    while (!file.startsWith(at + 4, "IEND")) {
      if (file.startsWith(at + 4, "eXIf")) {
        return OptionalLong.of(at + 8);
      }
      at += 12 + file.u32(at);
    }
    return OptionalLong.empty();
  }

  private static OptionalLong inWebp(Bytes file) {
    OptionalLong chunk = WebpHeader.findChunk(file, WEBP_CHUNKS, file.length(), "EXIF");
    if (chunk.isEmpty()) {
      return chunk;
    }
    long data = chunk.getAsLong() + CHUNK_HEADER;
    return OptionalLong.of(file.startsWith(data, "Exif\0\0") ? data + 6 : data);
  }

  /** The bytes in the order of a TIFF structure; empty if it is none. */
  static Optional<Bytes> ordered(Bytes file, long start) {
    if (file.startsWith(start, "II*\0")) {
      return Optional.of(file.in(ByteOrder.LITTLE_ENDIAN));
    }
    return file.startsWith(start, "MM\0*")
        ? Optional.of(file.in(ByteOrder.BIG_ENDIAN))
        : Optional.empty();
  }
}
