package org.seeql.udf.image;

import java.util.Collection;

/** Decodes images' files, each once for all the inputs that may need it. One thread's; close it. */
public final class PixelReader implements AutoCloseable {
  private final ImageDecoder decoder = new ImageDecoder();

  /**
   * Decodes one image.
   *
   * @param maxPixels above which an image is refused, before it is decoded
   * @param formats the inputs that it may be written into: the finest decides how much of a JPEG is
   *     decoded
   * @throws UndecodableImageException when the file gives no whole image
   */
  public DecodedImage read(
      byte[] file, ExifRotation rotation, long maxPixels, Collection<InputFormat> formats)
      throws UndecodableImageException {
    UndecodedImage image = UndecodedImage.parse(file, rotation, maxPixels);
    return new DecodedImage(
        decoder.decodeToKeep(file, image.header(), image.orientation(), image.reduction(formats)),
        image.width(),
        image.height());
  }

  @Override
  public void close() {
    decoder.close();
  }
}
