package org.seeql.udf.image;

import java.util.Collection;
import java.util.List;

/**
 * Decodes image files, each once for all the inputs that may need it. Not thread-safe; must be
 * closed.
 */
public final class PixelReader implements AutoCloseable {
  private final ImageDecoder decoder = new ImageDecoder();

  /**
   * Decodes one image.
   *
   * @param maxPixels images with more pixels are refused before they are decoded
   * @param formats the inputs into which it may be written; the largest one determines the
   *     resolution at which a JPEG is decoded
   * @throws UndecodableImageException if the file is not a complete image
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

  /**
   * The factor by which the image is reduced while it is decoded, if it is decoded for one input.
   *
   * @return 1, 2, 4 or 8 for each format
   * @throws UndecodableImageException as {@link #read}
   */
  public List<Integer> reductions(
      byte[] file, ExifRotation rotation, long maxPixels, List<InputFormat> formats)
      throws UndecodableImageException {
    UndecodedImage image = UndecodedImage.parse(file, rotation, maxPixels);
    return formats.stream().map(format -> image.reduction(List.of(format))).toList();
  }

  @Override
  public void close() {
    decoder.close();
  }
}
