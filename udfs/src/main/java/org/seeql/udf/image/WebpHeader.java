package org.seeql.udf.image;

/**
 * The chunks of a WebP file.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9649">RFC 9649</a>
 */
final class WebpHeader {
  private static final int FIRST_CHUNK = 12;

  private WebpHeader() {}

  static ImageHeader parse(byte[] file) throws UndecodableImageException {
    Bytes bytes = Bytes.littleEndian(file);
    if (bytes.u32(4) + 8 > file.length) {
      throw ImageHeader.truncated(ImageFileFormat.WEBP, file);
    }
    int data = FIRST_CHUNK + 8;
    if (ImageFileFormat.startsWith(file, FIRST_CHUNK, "VP8X")) {
      return header(u24(bytes, data + 4) + 1, u24(bytes, data + 7) + 1, findOrientation(file));
    }
    if (ImageFileFormat.startsWith(file, FIRST_CHUNK, "VP8L")) {
      long bits = bytes.u32(data + 1);
      return header(
          (int) (bits & 0x3FFF) + 1, (int) (bits >> 14 & 0x3FFF) + 1, Orientation.UPRIGHT);
    }
    if (ImageFileFormat.startsWith(file, FIRST_CHUNK, "VP8 ")) {
      // three bytes of frame tag, three of start code; the upper two bits are a scale for display
      return header(
          bytes.u16(data + 6) & 0x3FFF, bytes.u16(data + 8) & 0x3FFF, Orientation.UPRIGHT);
    }
    throw new UndecodableImageException("Not a valid WebP file: it has no header");
  }

  private static ImageHeader header(int width, int height, Orientation orientation) {
    return new ImageHeader(ImageFileFormat.WEBP, width, height, 0, orientation);
  }

  private static int u24(Bytes bytes, int offset) {
    return bytes.u16(offset) | bytes.u8(offset + 2) << 16;
  }

  private static Orientation findOrientation(byte[] file) {
    Bytes bytes = Bytes.littleEndian(file);
    long at = FIRST_CHUNK;
    while (at + 8 <= file.length) {
      if (ImageFileFormat.startsWith(file, (int) at, "EXIF")) {
        boolean prefixed = ImageFileFormat.startsWith(file, (int) at + 8, "Exif\0\0");
        return Orientation.ofTiff(file, (int) at + (prefixed ? 14 : 8));
      }
      long length = bytes.u32((int) at + 4);
      at += 8 + length + (length & 1);
    }
    return Orientation.UPRIGHT;
  }
}
