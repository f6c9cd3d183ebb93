package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

/**
 * The properties of an image from the header of its file.
 *
 * @param format JPEG, PNG, WebP, GIF, BMP or TIFF
 * @param width in pixels, rotated according to EXIF
 * @param height in pixels, rotated according to EXIF
 * @param orientation the EXIF orientation, 1 to 8; 1 if the file has none
 */
public record ImageDescription(String format, int width, int height, int orientation) {
  public ImageDescription {
    requireNonNull(format, "format is null");
  }

  /**
   * Reads the header, without decoding the image.
   *
   * @param file the whole file
   * @throws UndecodableImageException if it is not an image, or is visibly truncated
   */
  public static ImageDescription of(byte[] file) throws UndecodableImageException {
    ImageHeader header = WholeFile.header(file);
    boolean sideways = header.orientation().turnsSideways();
    return new ImageDescription(
        header.format().toString(),
        sideways ? header.height() : header.width(),
        sideways ? header.width() : header.height(),
        header.orientation().exif());
  }
}
