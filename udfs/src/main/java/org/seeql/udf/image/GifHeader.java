package org.seeql.udf.image;

import java.nio.ByteOrder;
import org.opencv.core.Rect;

/**
 * The blocks of a GIF file up to the end of its first frame.
 *
 * @see <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">GIF89a</a>
 */
final class GifHeader {
  private static final int SCREEN = 6;
  private static final int FIRST_BLOCK = 13;
  private static final int IMAGE = 0x2C;
  private static final int EXTENSION = 0x21;

  private GifHeader() {}

  /** The size of the logical screen; the first frame may extend beyond it. */
  static ImageHeader peek(Bytes file) {
    Bytes bytes = file.in(ByteOrder.LITTLE_ENDIAN);
    return new ImageHeader(
        ImageFileFormat.GIF, Math.max(1, bytes.u16(SCREEN)), Math.max(1, bytes.u16(SCREEN + 2)));
  }

  static ImageHeader parse(Bytes file) throws UndecodableImageException {
    Bytes bytes = file.in(ByteOrder.LITTLE_ENDIAN);
    int descriptor = frame(bytes);
    // all codes of the frame must be present, because the reader would leave missing pixels blank
    int data = descriptor + 10 + colours(bytes, descriptor + 9) + 1;
    afterSubBlocks(bytes, data);
    Rect frame = place(file);
    return new ImageHeader(
        ImageFileFormat.GIF,
        Math.max(bytes.u16(SCREEN), frame.x + frame.width),
        Math.max(bytes.u16(SCREEN + 2), frame.y + frame.height));
  }

  /** The rectangle of the first frame on the screen. */
  static Rect place(Bytes file) throws UndecodableImageException {
    Bytes bytes = file.in(ByteOrder.LITTLE_ENDIAN);
    int at = frame(bytes);
    return new Rect(bytes.u16(at + 1), bytes.u16(at + 3), bytes.u16(at + 5), bytes.u16(at + 7));
  }

  /** The offset of the first frame's descriptor. */
  private static int frame(Bytes bytes) throws UndecodableImageException {
    int at = FIRST_BLOCK + colours(bytes, SCREEN + 4);
    while (bytes.u8(at) == EXTENSION) {
      at = afterSubBlocks(bytes, at + 2);
    }
    if (bytes.u8(at) != IMAGE) {
      throw new UndecodableImageException("Not a valid GIF file: it has no frame");
    }
    return at;
  }

  /** The size of the colour table, from the flags at an offset. */
  private static int colours(Bytes bytes, int flags) {
    int packed = bytes.u8(flags);
    return (packed & 0x80) == 0 ? 0 : 3 << ((packed & 7) + 1);
  }

  private static int afterSubBlocks(Bytes bytes, int first) {
    int at = first;
    while (bytes.u8(at) != 0) {
      at += 1 + bytes.u8(at);
    }
    return at + 1;
  }
}
