package org.seeql.udf.image;

/** Headers of files that are in memory to the last byte. */
final class WholeFile {
  /** More are not decoded to find out whether they are there. */
  private static final long MOST_PIXELS = 100_000_000;

  private WholeFile() {}

  /** The header of a file, of which nothing is visibly missing. */
  static ImageHeader header(byte[] file) throws UndecodableImageException {
    ImageHeader header = ImageHeader.parse(file);
    if (header.pixels() <= MOST_PIXELS) {
      requirePixels(file, header);
    }
    return header;
  }

  /**
   * Checks that no pixels are missing or damaged which OpenCV would make up.
   *
   * @param header whose size the caller has found acceptable
   */
  static void requirePixels(byte[] file, ImageHeader header) throws UndecodableImageException {
    switch (header.format()) {
      case JPEG -> JpegEnd.requirePixels(file, header);
      case TIFF -> new TiffParts(Bytes.of(file)).requirePixels(header);
      default -> {
        // the decoders tell
      }
    }
  }
}
