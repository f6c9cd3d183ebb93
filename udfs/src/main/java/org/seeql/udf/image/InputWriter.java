package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.opencv.core.Mat;

/**
 * Turns an image's file into one slot of a model's input: decodes, turns upright, resizes, pads,
 * scales. Keeps its native buffers from one image to the next. One thread's; close it.
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
   * @param maxPixels above which an image is refused, before it is decoded
   * @return where the image lies in the input
   * @throws UndecodableImageException when the file gives no whole image; the slot may be spoilt
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
