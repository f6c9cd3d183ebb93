package org.seeql.udf.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.opencv.core.Rect;

/**
 * The first frame of an animated WebP file, which OpenCV does not support.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9649#section-2.7.1">RFC 9649, section 2.7.1</a>
 */
final class WebpAnimation {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;

  private final int left;
  private final int top;
  private final byte[] file;

  private WebpAnimation(int left, int top, byte[] file) {
    this.left = left;
    this.top = top;
    this.file = file;
  }

  /** The first frame; empty if the file is not animated. */
  static Optional<WebpAnimation> find(byte[] content) throws UndecodableImageException {
    Bytes file = Bytes.of(content);
    OptionalLong frame = WebpHeader.findChunk(file, FIRST_CHUNK, file.length(), "ANMF");
    if (frame.isEmpty() || !file.startsWith(FIRST_CHUNK, "VP8X")) {
      return Optional.empty();
    }
    Bytes bytes = file.in(ByteOrder.LITTLE_ENDIAN);
    long data = frame.getAsLong() + CHUNK_HEADER;
    return Optional.of(
        new WebpAnimation(
            2 * WebpHeader.u24(bytes, data),
            2 * WebpHeader.u24(bytes, data + 3),
            still(content, data + FRAME_HEADER, data + bytes.u32(frame.getAsLong() + 4))));
  }

  /** A WebP file that contains only the frame. */
  byte[] file() {
    return file;
  }

  /** The rectangle of the frame on the canvas. */
  Rect place(ImageHeader frame) {
    return new Rect(left, top, frame.width(), frame.height());
  }

  /** The frame's pixels as a file, without transparency, which is always dropped. */
  private static byte[] still(byte[] content, long from, long to) throws UndecodableImageException {
    Bytes file = Bytes.of(content);
    OptionalLong pixels = WebpHeader.findChunk(file, from, to, "VP8 ");
    if (pixels.isEmpty()) {
      pixels = WebpHeader.findChunk(file, from, to, "VP8L");
    }
    if (pixels.isEmpty()) {
      throw new UndecodableImageException("Not a valid WebP file: its first frame has no pixels");
    }
    int start = (int) pixels.getAsLong();
    long length = file.in(ByteOrder.LITTLE_ENDIAN).u32(start + 4L);
    long end = start + CHUNK_HEADER + length + (length & 1);
    if (end > content.length) {
      throw ImageHeader.truncated(ImageFileFormat.WEBP, content.length);
    }
    int size = (int) end - start;
    return ByteBuffer.allocate(FIRST_CHUNK + size)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(ascii("RIFF"))
        .putInt(4 + size)
        .put(ascii("WEBP"))
        .put(content, start, size)
        .array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
