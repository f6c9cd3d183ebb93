package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

/**
 * Writes decoded images into slots of a model's input: resizes, pads, scales. Not thread-safe; must
 * be closed.
 */
public final class PixelWriter implements AutoCloseable {
  private final InputFormat format;
  private final TensorWriter tensors;

  public PixelWriter(InputFormat format) {
    this.format = requireNonNull(format, "format is null");
    tensors = new TensorWriter(format);
  }

  /**
   * Writes one image.
   *
   * @param slot of the target, from 0
   * @return the position of the image in the input
   */
  public Letterbox write(DecodedImage image, InputBuffer target, int slot) {
    Letterbox letterbox = image.letterbox(format);
    tensors.write(image.pixels(), letterbox, target, slot);
    return letterbox;
  }

  @Override
  public void close() {
    tensors.close();
  }
}
