package org.seeql.udf.image;

/**
 * The chunks of a PNG file.
 *
 * @see <a href="https://www.w3.org/TR/png-3/#5DataRep">PNG, third edition, section 5</a>
 */
final class PngHeader {
  private static final int SIGNATURE = 8;
  private static final int HEADER = 25;

  private PngHeader() {}

  /** The size in the header, which is the first chunk. */
  static ImageHeader peek(Bytes file) throws UndecodableImageException {
    if (file.length() < SIGNATURE + HEADER) {
      throw ImageHeader.truncated(ImageFileFormat.PNG, file.length());
    }
    if (!file.startsWith(SIGNATURE + 4, "IHDR")) {
      throw new UndecodableImageException("Not a valid PNG file: it has no header");
    }
    return new ImageHeader(ImageFileFormat.PNG, file.s32(SIGNATURE + 8), file.s32(SIGNATURE + 12));
  }

  static ImageHeader parse(Bytes file) throws UndecodableImageException {
    ImageHeader size = peek(file);
    Orientation orientation = Orientation.UPRIGHT;
    long at = SIGNATURE;
    while (!file.startsWith(at + 4, "IEND")) {
      long length = file.u32(at);
      if (at + 12 + length > file.length()) {
        throw ImageHeader.truncated(ImageFileFormat.PNG, file.length());
      }
      if (file.startsWith(at + 4, "eXIf")) {
        orientation = Orientation.ofTiff(file, at + 8);
      }
      at += 12 + length;
    }
    return new ImageHeader(ImageFileFormat.PNG, size.width(), size.height(), 0, orientation);
  }
}
