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

  static ImageHeader parse(byte[] file) throws UndecodableImageException {
    if (file.length < SIGNATURE + HEADER) {
      throw ImageHeader.truncated(ImageFileFormat.PNG, file);
    }
    if (!ImageFileFormat.startsWith(file, SIGNATURE + 4, "IHDR")) {
      throw new UndecodableImageException("Not a valid PNG file: it has no header");
    }
    Bytes bytes = Bytes.bigEndian(file);
    Orientation orientation = Orientation.UPRIGHT;
    int at = SIGNATURE;
    while (!ImageFileFormat.startsWith(file, at + 4, "IEND")) {
      long length = bytes.u32(at);
      if (at + 12 + length > file.length) {
        throw ImageHeader.truncated(ImageFileFormat.PNG, file);
      }
      if (ImageFileFormat.startsWith(file, at + 4, "eXIf")) {
        orientation = Orientation.ofTiff(file, at + 8);
      }
      at += 12 + (int) length;
    }
    return new ImageHeader(
        ImageFileFormat.PNG, bytes.s32(SIGNATURE + 8), bytes.s32(SIGNATURE + 12), 0, orientation);
  }
}
