package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

/**
 * What the header of an image's file says.
 *
 * @param format JPEG, PNG, WebP, GIF, BMP or TIFF
 * @param width in pixels, turned as EXIF says
 * @param height in pixels, turned as EXIF says
 * @param orientation EXIF's, 1 to 8; 1 where the file says nothing
 */
public record ImageDescription(String format, int width, int height, int orientation) {
  public ImageDescription {
    requireNonNull(format, "format is null");
  }

  /**
   * Reads the header, without decoding the image.
   *
   * @param file the whole file
   * @throws UndecodableImageException when it is no image, or visibly not a whole one
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
