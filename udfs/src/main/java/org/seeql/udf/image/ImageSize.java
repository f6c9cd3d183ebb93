package org.seeql.udf.image;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Width and height of an image in pixels, rotated according to its EXIF data. */
public record ImageSize(int width, int height) {
  /**
   * Reads the size from a file's header, without decoding the image.
   *
   * @param file the whole file
   * @throws UndecodableImageException if it is not an image, or is visibly truncated
   */
  public static ImageSize of(byte[] file) throws UndecodableImageException {
    return upright(WholeFile.header(file));
  }

  /**
   * Reads the size from a file's header, and no more of the file than that needs. The file may be
   * truncated after its header.
   *
   * @throws UndecodableImageException if it is not an image
   */
  public static ImageSize peek(ImageFile file) throws IOException, UndecodableImageException {
    try {
      return upright(ImageHeader.peekUpright(Bytes.of(file, new byte[0])));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static ImageSize upright(ImageHeader header) {
    return header.orientation().turnsSideways()
        ? new ImageSize(header.height(), header.width())
        : new ImageSize(header.width(), header.height());
  }
}
