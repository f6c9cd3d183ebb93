package org.seeql.udf.image;

/**
 * The segments of a JPEG file up to its first scan.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81, annex B</a>
 */
final class JpegHeader {
  private static final int SOF0 = 0xC0;
  private static final int SOF15 = 0xCF;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP1 = 0xE1;

  private JpegHeader() {}

  static ImageHeader parse(byte[] file) throws UndecodableImageException {
    Bytes bytes = Bytes.bigEndian(file);
    Orientation orientation = Orientation.UPRIGHT;
    int frame = -1;
    int at = 2;
    while (true) {
      while (bytes.u8(at) != 0xFF) {
        at++; // bytes that do not belong here, which decoders pass over too
      }
      while (bytes.u8(at) == 0xFF) {
        at++;
      }
      int marker = bytes.u8(at++);
      if (marker == SOS || marker == EOI) {
        break;
      }
      if (standsAlone(marker)) {
        continue;
      }
      if (startsFrame(marker)) {
        frame = at;
      } else if (marker == APP1 && ImageFileFormat.startsWith(file, at + 2, "Exif\0\0")) {
        orientation = Orientation.ofTiff(file, at + 8);
      }
      at += bytes.u16(at);
    }
    if (frame < 0) {
      throw new UndecodableImageException("Not a valid JPEG file: it has no frame header");
    }
    requireEnd(file, at);
    return new ImageHeader(
        ImageFileFormat.JPEG,
        bytes.u16(frame + 5),
        bytes.u16(frame + 3),
        bytes.u8(frame + 7),
        orientation);
  }

  private static boolean standsAlone(int marker) {
    return marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD8);
  }

  private static boolean startsFrame(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
  }

  /**
   * Decoders fill in grey for what is missing, so look for the end marker. It cannot be part of the
   * pixels, where a zero follows every FF.
   */
  private static void requireEnd(byte[] file, int scan) throws UndecodableImageException {
    for (int i = file.length - 2; i >= scan; i--) {
      if (file[i] == (byte) 0xFF && file[i + 1] == (byte) EOI) {
        return;
      }
    }
    throw ImageHeader.truncated(ImageFileFormat.JPEG, file);
  }
}
