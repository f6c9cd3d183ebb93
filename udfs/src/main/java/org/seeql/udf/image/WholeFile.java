package org.seeql.udf.image;

/** Checks image files that are completely in memory. */
final class WholeFile {
  /** Larger images are not decoded only to check that they are complete. */
  private static final long MAX_PIXELS = 100_000_000;

  private WholeFile() {}

  /** The header of a file that is not visibly truncated. */
  static ImageHeader header(byte[] file) throws UndecodableImageException {
    ImageHeader header = ImageHeader.parse(file);
    if (header.pixels() <= MAX_PIXELS) {
      requirePixels(file, header);
    }
    return header;
  }

  /**
   * Checks for missing or damaged pixels that OpenCV would silently fill in.
   *
   * @param header whose size the caller has already accepted
   */
  static void requirePixels(byte[] file, ImageHeader header) throws UndecodableImageException {
    switch (header.format()) {
      case JPEG -> JpegEnd.requirePixels(file, header);
      case TIFF -> new TiffParts(Bytes.of(file)).requirePixels(header);
      default -> {
        // the decoders report errors themselves
      }
    }
  }
}
