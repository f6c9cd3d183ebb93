package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.nio.ByteOrder;

/**
 * The properties of an image from the header of its file.
 *
 * @param width as stored, before any rotation
 * @param height as stored, before any rotation
 * @param channels 1 grey, 3 colour, 4 CMYK in a JPEG; 0 if the format does not need it
 * @param orientation the EXIF orientation; upright if the file has none
 * @param ending whether the file ends as its format requires
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

  /** How a file ends. */
  enum Ending {
    PROPER,
    /** A JPEG without an end marker; its pixels may still be complete. */
    WITHOUT_MARKER
  }

  /** A header of a file with a proper end. */
  ImageHeader(
      ImageFileFormat format, int width, int height, int channels, Orientation orientation) {
    this(format, width, height, channels, orientation, Ending.PROPER);
  }

  /** A header with only the size. */
  ImageHeader(ImageFileFormat format, int width, int height) {
    this(format, width, height, 0, Orientation.UPRIGHT);
  }

  /**
   * Reads only format and size. If the format allows it, the first bytes suffice, so that a file
   * can be refused before it is read.
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

  /**
   * Reads format, size and orientation. Other formats than JPEG and TIFF can store the orientation
   * after the pixels, so the positions of all parts of the file are read.
   */
  static ImageHeader peekUpright(Bytes file) throws UndecodableImageException {
    ImageFileFormat format = ImageFileFormat.of(file);
    try {
      return valid(
          switch (format) {
            case JPEG -> JpegHeader.peek(file);
            case PNG -> PngHeader.parse(file);
            case WEBP -> WebpHeader.parse(file);
            case GIF -> GifHeader.parse(file);
            case BMP -> bmp(file);
            case TIFF -> TiffHeader.peek(file);
          });
    } catch (IndexOutOfBoundsException e) {
      throw truncated(format, file.length());
    }
  }

  /** Reads a file's header, and checks that the file is not truncated. */
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
        "The %s file is truncated: it ends after %d bytes, before the end of its image"
            .formatted(format, length));
  }

  /** BITMAPCOREHEADER (12 bytes, 16-bit sizes) or one of its successors (32-bit sizes). */
  private static ImageHeader bmp(Bytes file) throws UndecodableImageException {
    Bytes bytes = file.in(ByteOrder.LITTLE_ENDIAN);
    boolean core = bytes.u32(14) == 12;
    int width = core ? bytes.u16(18) : bytes.s32(18);
    // a negative height means that the rows are stored from top to bottom
    int height = core ? bytes.u16(20) : Math.abs(bytes.s32(22));
    if (bytes.u32(10) >= file.length()) {
      throw truncated(ImageFileFormat.BMP, file.length());
    }
    return new ImageHeader(ImageFileFormat.BMP, width, height);
  }
}
