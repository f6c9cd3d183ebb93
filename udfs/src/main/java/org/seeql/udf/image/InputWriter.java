package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.opencv.core.Mat;

/**
 * Converts an image's file to one slot of a model's input: decodes, rotates upright, resizes, pads,
 * scales. Reuses its native buffers for all images. Not thread-safe; must be closed.
 */
public final class InputWriter implements AutoCloseable {
  private final InputFormat format;
  private final ImageDecoder decoder = new ImageDecoder();
  private final TensorWriter tensors;

  public InputWriter(InputFormat format) {
    this.format = requireNonNull(format, "format is null");
    tensors = new TensorWriter(format);
  }

  /**
   * Writes one image.
   *
   * @param slot of the target, from 0
   * @param maxPixels images with more pixels are refused before they are decoded
   * @return the position of the image in the input
   * @throws UndecodableImageException if the file is not a complete image; the slot may be
   *     overwritten
   */
  public Letterbox write(
      byte[] file, ExifRotation rotation, long maxPixels, InputBuffer target, int slot)
      throws UndecodableImageException {
    UndecodedImage image = UndecodedImage.parse(file, rotation, maxPixels);
    Mat pixels =
        decoder.decode(file, image.header(), image.orientation(), image.reduction(List.of(format)));
    Letterbox letterbox = image.letterbox(format);
    tensors.write(pixels, letterbox, target, slot);
    decoder.releaseLarge();
    return letterbox;
  }

  @Override
  public void close() {
    decoder.close();
    tensors.close();
  }
}
