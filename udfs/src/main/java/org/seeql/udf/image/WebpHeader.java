package org.seeql.udf.image;

import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * The chunks of a WebP file.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9649">RFC 9649</a>
 */
final class WebpHeader {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;

  private WebpHeader() {}

  /** The size in the first chunk. */
  static ImageHeader peek(Bytes file) throws UndecodableImageException {
    Bytes bytes = file.in(ByteOrder.LITTLE_ENDIAN);
    if (bytes.u32(4) + 8 > file.length()) {
      throw ImageHeader.truncated(ImageFileFormat.WEBP, file.length());
    }
    int data = FIRST_CHUNK + CHUNK_HEADER;
    if (isExtended(file)) {
      return header(u24(bytes, data + 4L) + 1, u24(bytes, data + 7L) + 1);
    }
    if (file.startsWith(FIRST_CHUNK, "VP8L")) {
      long bits = bytes.u32(data + 1L);
      return header((int) (bits & 0x3FFF) + 1, (int) (bits >> 14 & 0x3FFF) + 1);
    }
    if (file.startsWith(FIRST_CHUNK, "VP8 ")) {
      // three bytes of frame tag, three of start code; the upper two bits are a scale for display
      return header(bytes.u16(data + 6L) & 0x3FFF, bytes.u16(data + 8L) & 0x3FFF);
    }
    throw new UndecodableImageException("Not a valid WebP file: it has no header");
  }

  static ImageHeader parse(Bytes file) throws UndecodableImageException {
    ImageHeader size = peek(file);
    return isExtended(file)
        ? new ImageHeader(
            ImageFileFormat.WEBP, size.width(), size.height(), 0, findOrientation(file))
        : size;
  }

  private static boolean isExtended(Bytes file) {
    return file.startsWith(FIRST_CHUNK, "VP8X");
  }

  private static ImageHeader header(int width, int height) {
    return new ImageHeader(ImageFileFormat.WEBP, width, height);
  }

  static int u24(Bytes littleEndian, long offset) {
    return littleEndian.u16(offset) | littleEndian.u8(offset + 2) << 16;
  }

  private static Orientation findOrientation(Bytes file) {
    OptionalLong exif = findChunk(file, FIRST_CHUNK, file.length(), "EXIF");
    if (exif.isEmpty()) {
      return Orientation.UPRIGHT;
    }
    long data = exif.getAsLong() + CHUNK_HEADER;
    return Orientation.ofTiff(file, file.startsWith(data, "Exif\0\0") ? data + 6 : data);
  }

  /** The offset of the first chunk of a kind. */
  static OptionalLong findChunk(Bytes file, long from, long to, String kind) {
    Bytes bytes = file.in(ByteOrder.LITTLE_ENDIAN);
    long at = from;
    while (at + CHUNK_HEADER <= to) {
      if (file.startsWith(at, kind)) {
        return OptionalLong.of(at);
      }
      at = end(bytes, at);
    }
    return OptionalLong.empty();
  }

  /** The offset after a chunk, including its padding to an even length. */
  private static long end(Bytes bytes, long chunk) {
    long length = bytes.u32(chunk + 4);
    return chunk + CHUNK_HEADER + length + (length & 1);
  }
}
