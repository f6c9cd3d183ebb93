package org.seeql.udf.image;

import org.seeql.udf.image.ImageHeader.Ending;

/**
 * The segments of a JPEG file up to its first scan.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81, annex B</a>
 */
final class JpegHeader {
  static final int EOI = 0xD9;
  static final int SOS = 0xDA;
  private static final int SOF0 = 0xC0;
  private static final int SOF1 = 0xC1;
  private static final int SOF15 = 0xCF;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int APP1 = 0xE1;

  private JpegHeader() {}

  /**
   * The segments before the first scan.
   *
   * @param frame the offset after the frame header's marker
   * @param scan the offset after the first scan header's marker
   */
  private record Segments(long frame, long scan, Orientation orientation) {}

  /** The size in the frame header; any number of segments may precede it. */
  static ImageHeader peek(Bytes file) throws UndecodableImageException {
    return header(file, segments(file), Ending.PROPER);
  }

  static ImageHeader parse(byte[] content) throws UndecodableImageException {
    Bytes file = Bytes.of(content);
    Segments segments = segments(file);
    int scan = (int) segments.scan();
    if (scan + file.u16(scan) >= content.length) {
      throw ImageHeader.truncated(ImageFileFormat.JPEG, content.length);
    }
    Ending ending =
        isOneScan(file, segments)
            ? endingAfter(content, scan)
            : new JpegScans(content, (int) segments.frame()).ending(scan);
    return header(file, segments, ending);
  }

  private static Segments segments(Bytes file) throws UndecodableImageException {
    Orientation orientation = Orientation.UPRIGHT;
    long frame = -1;
    long at = 2;
    while (true) {
      while (file.u8(at) != 0xFF) {
        at++; // stray bytes, which decoders also skip
      }
      while (file.u8(at) == 0xFF) {
        at++;
      }
      int marker = file.u8(at++);
      if (marker == SOS || marker == EOI) {
        if (frame < 0) {
          throw new UndecodableImageException("Not a valid JPEG file: it has no frame header");
        }
        if (marker == EOI) {
          throw ImageHeader.truncated(ImageFileFormat.JPEG, file.length());
        }
        return new Segments(frame, at, orientation);
      }
      if (standsAlone(marker)) {
        continue;
      }
      if (startsFrame(marker)) {
        frame = at;
      } else if (marker == APP1 && file.startsWith(at + 2, "Exif\0\0")) {
        orientation = Orientation.ofTiff(file, at + 8);
      }
      at += file.u16(at);
    }
  }

  private static ImageHeader header(Bytes file, Segments segments, Ending ending) {
    long frame = segments.frame();
    return new ImageHeader(
        ImageFileFormat.JPEG,
        file.u16(frame + 5),
        file.u16(frame + 3),
        file.u8(frame + 7),
        segments.orientation(),
        ending);
  }

  /**
   * Whether decoders stop after the first scan, because it has all components in full precision.
   */
  private static boolean isOneScan(Bytes file, Segments segments) {
    return file.u8(segments.frame() - 1) <= SOF1
        && file.u8(segments.scan() + 2) == file.u8(segments.frame() + 7);
  }

  static boolean standsAlone(int marker) {
    return marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD8);
  }

  private static boolean startsFrame(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
  }

  /**
   * Searches for the end marker, because decoders fill in grey for missing pixels. The marker
   * cannot occur in pixel data, where a zero follows every FF.
   */
  static Ending endingAfter(byte[] file, int scan) {
    for (int i = file.length - 2; i >= scan; i--) {
      if (file[i] == (byte) 0xFF && file[i + 1] == (byte) EOI) {
        return Ending.PROPER;
      }
    }
    return Ending.WITHOUT_MARKER;
  }
}
