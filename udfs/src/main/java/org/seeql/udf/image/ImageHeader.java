package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.nio.ByteOrder;

/**
 * What a file says of its image before the pixels.
 *
 * @param width as stored, before any turning
 * @param height as stored, before any turning
 * @param channels 1 grey, 3 colour, 4 CMYK in a JPEG; 0 where the format does not need it
 * @param orientation as EXIF says, 1 to 8; 1 where it says nothing
 * @param ending whether the file ends as its format demands
 */
record ImageHeader(
    ImageFileFormat format,
    int width,
    int height,
    int channels,
    Orientation orientation,
    Ending ending) {
  ImageHeader {
    requireNonNull(format, "format is null");
    requireNonNull(orientation, "orientation is null");
    requireNonNull(ending, "ending is null");
  }

  /** The end of a file. */
  enum Ending {
    PROPER,
    /** A JPEG's end marker is missing; its pixels may be there all the same. */
    WITHOUT_MARKER
  }

  /** A header of a file that ends as it should. */
  ImageHeader(
      ImageFileFormat format, int width, int height, int channels, Orientation orientation) {
    this(format, width, height, channels, orientation, Ending.PROPER);
  }

  /** A header that says nothing but the size. */
  ImageHeader(ImageFileFormat format, int width, int height) {
    this(format, width, height, 0, Orientation.UPRIGHT);
  }

  /**
   * Reads format and size, and nothing else that a file says: from its first bytes where the format
   * allows it, so that a file may be refused before it is read.
   */
  static ImageHeader peek(Bytes file) throws UndecodableImageException {
    ImageFileFormat format = ImageFileFormat.of(file);
    try {
      return valid(
          switch (format) {
            case JPEG -> JpegHeader.peek(file);
            case PNG -> PngHeader.peek(file);
            case WEBP -> WebpHeader.peek(file);
            case GIF -> GifHeader.peek(file);
            case BMP -> bmp(file);
            case TIFF -> TiffHeader.peek(file);
          });
    } catch (IndexOutOfBoundsException e) {
      throw truncated(format, file.length());
    }
  }

  /** Reads a file's header, and checks that the file does not end before its image does. */
  static ImageHeader parse(byte[] content) throws UndecodableImageException {
    Bytes file = Bytes.of(content);
    ImageFileFormat format = ImageFileFormat.of(file);
    try {
      return valid(
          switch (format) {
            case JPEG -> JpegHeader.parse(content);
            case PNG -> PngHeader.parse(file);
            case WEBP -> WebpHeader.parse(file);
            case GIF -> GifHeader.parse(file);
            case BMP -> bmp(file);
            case TIFF -> TiffHeader.parse(file);
          });
    } catch (IndexOutOfBoundsException e) {
      throw truncated(format, file.length());
    }
  }

  private static ImageHeader valid(ImageHeader header) throws UndecodableImageException {
    if (header.width < 1 || header.height < 1) {
      throw new UndecodableImageException(
          "Not a valid %s file: its size is %dx%d pixels"
              .formatted(header.format, header.width, header.height));
    }
    return header;
  }

  long pixels() {
    return (long) width * height;
  }

  void requireAtMost(long maxPixels) throws UndecodableImageException {
    if (pixels() > maxPixels) {
      throw new UndecodableImageException(
          "The image has %dx%d = %,d pixels, more than the limit of %,d (max_pixels)"
              .formatted(width, height, pixels(), maxPixels));
    }
  }

  static UndecodableImageException truncated(ImageFileFormat format, long length) {
    return new UndecodableImageException(
        "The %s file is truncated: it ends after %d bytes, before its image does"
            .formatted(format, length));
  }

  /** BITMAPCOREHEADER (12 bytes, 16 bit sizes) or one of its successors (32 bit sizes). */
  private static ImageHeader bmp(Bytes file) throws UndecodableImageException {
    Bytes bytes = file.in(ByteOrder.LITTLE_ENDIAN);
    boolean core = bytes.u32(14) == 12;
    int width = core ? bytes.u16(18) : bytes.s32(18);
    // a negative height says that the rows run from top to bottom
    int height = core ? bytes.u16(20) : Math.abs(bytes.s32(22));
    if (bytes.u32(10) >= file.length()) {
      throw truncated(ImageFileFormat.BMP, file.length());
    }
    return new ImageHeader(ImageFileFormat.BMP, width, height);
  }
}
