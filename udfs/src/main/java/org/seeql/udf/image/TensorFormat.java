package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.OptionalInt;

/**
 * The tensor of images that a model accepts. Immutable.
 *
 * @param width of an image in pixels
 * @param height of an image in pixels
 * @param batch the only batch size that the model accepts; {@link #ANY_BATCH} if it accepts all
 */
public record TensorFormat(
    int width, int height, PixelType pixelType, MemoryLayout memoryLayout, int batch)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final int ANY_BATCH = 0;

  /** The maximum width and height of an image, in pixels. */
  public static final int MAX_SIDE = 8192;

  public TensorFormat {
    requireNonNull(pixelType, "pixelType is null");
    requireNonNull(memoryLayout, "memoryLayout is null");
    if (width < 1 || width > MAX_SIDE || height < 1 || height > MAX_SIDE) {
      throw new IllegalArgumentException(
          "Invalid input size: %dx%d (1 to %d per side)".formatted(width, height, MAX_SIDE));
    }
    if (batch < 0) {
      throw new IllegalArgumentException("Invalid batch: " + batch + " (at least 1)");
    }
  }

  /** The only batch size that the model accepts; empty if it accepts all. */
  public OptionalInt fixedBatch() {
    return batch == ANY_BATCH ? OptionalInt.empty() : OptionalInt.of(batch);
  }

  /** The size of one image, in bytes. */
  public int bytesPerImage() {
    return 3 * width * height * pixelType.bytes();
  }

  /** The shape of {@code images} images, in the order of {@link #memoryLayout}. */
  public long[] shape(int images) {
    return memoryLayout == MemoryLayout.NCHW
        ? new long[] {images, 3, height, width}
        : new long[] {images, height, width, 3};
  }
}
