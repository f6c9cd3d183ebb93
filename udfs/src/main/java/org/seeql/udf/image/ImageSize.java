package org.seeql.udf.image;

/** Width and height of an image in pixels, rotated according to its EXIF data. */
public record ImageSize(int width, int height) {
  /**
   * Reads the size from a file's header, without decoding the image.
   *
   * @param file the whole file
   * @throws UndecodableImageException if it is not an image, or is visibly truncated
   */
  public static ImageSize of(byte[] file) throws UndecodableImageException {
    ImageHeader header = WholeFile.header(file);
    return header.orientation().turnsSideways()
        ? new ImageSize(header.height(), header.width())
        : new ImageSize(header.width(), header.height());
  }
}
