package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

/**
 * What a file says of its image before the pixels.
 *
 * @param width as stored, before any turning
 * @param height as stored, before any turning
 * @param channels 1 grey, 3 colour, 4 CMYK in a JPEG; 0 where the format does not need it
 * @param orientation as EXIF says, 1 to 8; 1 where it says nothing
 */
record ImageHeader(
    ImageFileFormat format, int width, int height, int channels, Orientation orientation) {
  ImageHeader {
    requireNonNull(format, "format is null");
    requireNonNull(orientation, "orientation is null");
  }

  /** Reads a file's header, and checks that the file does not end before its image does. */
  static ImageHeader parse(byte[] file) throws UndecodableImageException {
    ImageFileFormat format = ImageFileFormat.of(file);
    try {
      ImageHeader header =
          switch (format) {
            case JPEG -> JpegHeader.parse(file);
            case PNG -> PngHeader.parse(file);
            case WEBP -> WebpHeader.parse(file);
            case GIF -> GifHeader.parse(file);
            case BMP -> bmp(file);
          };
      if (header.width < 1 || header.height < 1) {
        throw new UndecodableImageException(
            "Not a valid %s file: its size is %dx%d pixels"
                .formatted(format, header.width, header.height));
      }
      return header;
    } catch (IndexOutOfBoundsException e) {
      throw truncated(format, file);
    }
  }

  static UndecodableImageException truncated(ImageFileFormat format, byte[] file) {
    return new UndecodableImageException(
        "The %s file is truncated: it ends after %d bytes, before its image does"
            .formatted(format, file.length));
  }

  /** BITMAPCOREHEADER (12 bytes, 16 bit sizes) or one of its successors (32 bit sizes). */
  private static ImageHeader bmp(byte[] file) throws UndecodableImageException {
    Bytes bytes = Bytes.littleEndian(file);
    boolean core = bytes.u32(14) == 12;
    int width = core ? bytes.u16(18) : bytes.s32(18);
    // a negative height says that the rows run from top to bottom
    int height = core ? bytes.u16(20) : Math.abs(bytes.s32(22));
    if (bytes.u32(10) >= file.length) {
      throw truncated(ImageFileFormat.BMP, file);
    }
    return new ImageHeader(ImageFileFormat.BMP, width, height, 0, Orientation.UPRIGHT);
  }
}
