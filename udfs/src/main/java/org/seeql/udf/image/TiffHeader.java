package org.seeql.udf.image;

import java.util.Set;

/**
 * The first directory of a TIFF file, that of its first page, which may be anywhere in the file.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0</a>
 * @see <a href="https://libtiff.gitlab.io/libtiff/specification/bigtiff.html">BigTIFF</a>
 */
final class TiffHeader {
  private static final int NEW_SUBFILE_TYPE = 254;
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS_PER_SAMPLE = 258;
  static final int COMPRESSION = 259;
  private static final int ORIENTATION = 274;
  private static final int DNG_VERSION = 50706;

  private static final int REDUCED = 1;
  private static final int MAX_BITS = 16;

  /** None, CCITT, LZW, JPEG, Deflate, PackBits; for others OpenCV returns arbitrary pixels. */
  private static final Set<Long> COMPRESSIONS =
      Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 32946L, 32773L);

  private TiffHeader() {}

  static boolean isTiff(Bytes file) {
    return file.startsWith(0, "II*\0")
        || file.startsWith(0, "MM\0*")
        || file.startsWith(0, "II+\0")
        || file.startsWith(0, "MM\0+");
  }

  /** The size in the directory; reads nothing else of the file. */
  static ImageHeader peek(Bytes file) throws UndecodableImageException {
    TiffDirectory directory = TiffDirectory.first(file);
    boolean raw =
        file.startsWith(8, "CR")
            || directory.find(DNG_VERSION) >= 0
            || (directory.number(NEW_SUBFILE_TYPE, 0) & REDUCED) != 0;
    if (raw) {
      throw new UndecodableImageException(
          "The file is a raw camera image, and only its preview could be decoded; convert it");
    }
    long compression = directory.number(COMPRESSION, 1);
    if (!COMPRESSIONS.contains(compression)) {
      throw new UndecodableImageException(
          "The TIFF file has an unknown compression (%d); convert it".formatted(compression));
    }
    long bits = directory.number(BITS_PER_SAMPLE, 1);
    if (bits > MAX_BITS) {
      throw new UndecodableImageException(
          "The TIFF file has %d bits per sample, and at most %d can be decoded; convert it"
              .formatted(bits, MAX_BITS));
    }
    return new ImageHeader(
        ImageFileFormat.TIFF,
        clamp(directory.number(WIDTH, 0)),
        clamp(directory.number(HEIGHT, 0)),
        0,
        Orientation.ofExif(directory.number(ORIENTATION, 1)));
  }

  /** Also checks that the pixel data is inside the file. */
  static ImageHeader parse(Bytes file) throws UndecodableImageException {
    ImageHeader header = peek(file);
    new TiffParts(file).requireWithinFile();
    return header;
  }

  private static int clamp(long number) {
    return (int) Math.max(0, Math.min(number, Integer.MAX_VALUE));
  }

  /** The reason why a file that seems complete cannot be decoded. */
  static String undecodable(byte[] content) {
    TiffDirectory directory = TiffDirectory.first(Bytes.of(content));
    return "The TIFF file of %d bytes cannot be decoded: it is damaged, or its format is not supported (compression %d, %d bits per sample)"
        .formatted(
            content.length, directory.number(COMPRESSION, 1), directory.number(BITS_PER_SAMPLE, 1));
  }
}
