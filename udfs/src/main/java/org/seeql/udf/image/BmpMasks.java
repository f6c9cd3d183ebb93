package org.seeql.udf.image;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Reads a BMP file whose bit masks place the colours of a pixel at positions that OpenCV does not
 * support.
 *
 * @see <a
 *     href="https://learn.microsoft.com/windows/win32/api/wingdi/ns-wingdi-bitmapv4header">BITMAPV4HEADER</a>
 */
final class BmpMasks {
  private static final int PIXELS = 10;
  private static final int HEADER_SIZE = 14;
  private static final int HEIGHT = 22;
  private static final int BITS = 28;
  private static final int COMPRESSION = 30;
  private static final int MASKS = 54;
  private static final Set<Long> HEADERS_WITH_MASKS = Set.of(40L, 52L, 56L, 108L, 124L);
  private static final int BITFIELDS = 3;
  private static final int ALPHA_BITFIELDS = 6;

  /** Red, green, blue. */
  private static final Set<List<Integer>> KNOWN_TO_OPENCV =
      Set.of(
          List.of(0xFF0000, 0xFF00, 0xFF),
          List.of(0xF800, 0x7E0, 0x1F),
          List.of(0x7C00, 0x3E0, 0x1F));

  private final Bytes file;
  private final int bits;
  private final Channel red;
  private final Channel green;
  private final Channel blue;

  private BmpMasks(Bytes file, int bits, List<Integer> masks) {
    this.file = file;
    this.bits = bits;
    red = new Channel(masks.get(0));
    green = new Channel(masks.get(1));
    blue = new Channel(masks.get(2));
  }

  /** The bits of one colour, converted to a number from 0 to 255. */
  private static final class Channel {
    private static final int EIGHT_BITS = 8;

    private final int mask;
    private final int shift;
    private final int surplus;
    private final byte[] values;

    Channel(int mask) {
      this.mask = mask;
      shift = mask == 0 ? 0 : Integer.numberOfTrailingZeros(mask);
      int width = Integer.SIZE - Integer.numberOfLeadingZeros(mask >>> shift);
      surplus = Math.max(0, width - EIGHT_BITS);
      int largest = Math.max(1, (1 << Math.min(width, EIGHT_BITS)) - 1);
      values = new byte[largest + 1];
      for (int value = 0; value <= largest; value++) {
        values[value] = (byte) Math.round(value * 255.0 / largest);
      }
    }

    byte of(int pixel) {
      return values[(pixel & mask) >>> shift >>> surplus];
    }
  }

  /** The masks of a file; empty if it has none, or only masks that OpenCV supports. */
  static Optional<BmpMasks> find(byte[] content) {
    Bytes file = Bytes.of(content).in(ByteOrder.LITTLE_ENDIAN);
    if (file.length() < MASKS + 12 || !HEADERS_WITH_MASKS.contains(file.u32(HEADER_SIZE))) {
      return Optional.empty();
    }
    int bits = file.u16(BITS);
    long compression = file.u32(COMPRESSION);
    if ((bits != 16 && bits != 32)
        || (compression != BITFIELDS && compression != ALPHA_BITFIELDS)) {
      return Optional.empty();
    }
    List<Integer> masks = List.of(file.s32(MASKS), file.s32(MASKS + 4), file.s32(MASKS + 8));
    return KNOWN_TO_OPENCV.contains(masks)
        ? Optional.empty()
        : Optional.of(new BmpMasks(file, bits, masks));
  }

  void decode(ImageHeader header, Mat target) throws UndecodableImageException {
    int width = header.width();
    int height = header.height();
    long stride = ((long) width * bits + 31) / 32 * 4;
    long start = file.u32(PIXELS);
    if (start + stride * height > file.length()) {
      throw ImageHeader.truncated(ImageFileFormat.BMP, file.length());
    }
    boolean fromBottom = file.s32(HEIGHT) > 0;
    target.create(height, width, CvType.CV_8UC3);
    byte[] row = new byte[3 * width];
    for (int y = 0; y < height; y++) {
      long at = start + stride * (fromBottom ? height - 1 - y : y);
      for (int x = 0; x < width; x++) {
        int pixel = bits == 16 ? file.u16(at + 2L * x) : file.s32(at + 4L * x);
        row[3 * x] = blue.of(pixel);
        row[3 * x + 1] = green.of(pixel);
        row[3 * x + 2] = red.of(pixel);
      }
      target.put(y, 0, row);
    }
  }
}
