package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;

/**
 * The input that a model requires, and how an image is converted to it. Immutable.
 *
 * <p>The value of a channel is {@code (pixel * scale - mean) / std}, with pixel from 0 to 255.
 *
 * @param width of the model's input in pixels
 * @param height of the model's input in pixels
 * @param padding the pixel value, 0 to 255, around a letterboxed image; 114 in YOLOv5's and YOLOX's
 *     training
 * @param scale 1/255 or 1
 * @param mean per channel, in the order of {@code color}
 * @param std per channel, in the order of {@code color}
 * @param batch the only batch size that the model accepts; {@link #ANY_BATCH} if it accepts all
 */
public record InputFormat(
    int width,
    int height,
    ColorOrder color,
    Placement placement,
    int padding,
    double scale,
    List<Double> mean,
    List<Double> std,
    PixelType pixelType,
    MemoryLayout memoryLayout,
    int batch)
    implements Serializable {
  /** The padding value with which YOLOv5, YOLOv8 and YOLOX are trained. */
  public static final int PADDING = 114;

  public static final int ANY_BATCH = 0;

  /** The maximum width and height of an input, in pixels. */
  public static final int MAX_SIDE = 8192;

  public InputFormat {
    requireNonNull(color, "color is null");
    requireNonNull(placement, "placement is null");
    requireNonNull(pixelType, "pixelType is null");
    requireNonNull(memoryLayout, "memoryLayout is null");
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (width < 1 || width > MAX_SIDE || height < 1 || height > MAX_SIDE) {
      throw new IllegalArgumentException(
          "Invalid input size: %dx%d (1 to %d per side)".formatted(width, height, MAX_SIDE));
    }
    if (padding < 0 || padding > 255) {
      throw new IllegalArgumentException("Invalid padding: " + padding + " (0 to 255)");
    }
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("Invalid scale: " + scale + " (more than 0)");
    }
    if (mean.size() != 3 || !mean.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("Invalid mean: " + mean + " (three numbers)");
    }
    if (std.size() != 3 || !std.stream().allMatch(s -> s > 0 && Double.isFinite(s))) {
      throw new IllegalArgumentException("Invalid std: " + std + " (three numbers above 0)");
    }
    if (batch < 0) {
      throw new IllegalArgumentException("Invalid batch: " + batch + " (at least 1)");
    }
  }

  /** Float32 NCHW, RGB, 0 to 1, centred letterbox, any batch: the input of YOLOv5 and YOLOv8. */
  public static InputFormat rgb(int width, int height) {
    return new InputFormat(
        width,
        height,
        ColorOrder.RGB,
        Placement.CENTERED,
        PADDING,
        1 / 255.0,
        List.of(0.0, 0.0, 0.0),
        List.of(1.0, 1.0, 1.0),
        PixelType.FLOAT32,
        MemoryLayout.NCHW,
        ANY_BATCH);
  }

  /**
   * Float32 NCHW, BGR, 0 to 255, letterbox in the upper left corner, any batch: the input of YOLOX.
   */
  public static InputFormat yolox(int width, int height) {
    return rgb(width, height)
        .withColor(ColorOrder.BGR)
        .withPlacement(Placement.TOP_LEFT)
        .withScale(1);
  }

  /** The only batch size that the model accepts; empty if it accepts all. */
  public OptionalInt fixedBatch() {
    return batch == ANY_BATCH ? OptionalInt.empty() : OptionalInt.of(batch);
  }

  /** The size of one image of the input, in bytes. */
  public int bytesPerImage() {
    return 3 * width * height * pixelType.bytes();
  }

  /** The shape of an input for {@code images} images, in the order of {@link #memoryLayout}. */
  public long[] shape(int images) {
    return memoryLayout == MemoryLayout.NCHW
        ? new long[] {images, 3, height, width}
        : new long[] {images, height, width, 3};
  }

  public InputFormat withSize(int newWidth, int newHeight) {
    return new InputFormat(
        newWidth,
        newHeight,
        color,
        placement,
        padding,
        scale,
        mean,
        std,
        pixelType,
        memoryLayout,
        batch);
  }

  public InputFormat withColor(ColorOrder order) {
    return new InputFormat(
        width, height, order, placement, padding, scale, mean, std, pixelType, memoryLayout, batch);
  }

  public InputFormat withPlacement(Placement newPlacement) {
    return new InputFormat(
        width,
        height,
        color,
        newPlacement,
        padding,
        scale,
        mean,
        std,
        pixelType,
        memoryLayout,
        batch);
  }

  public InputFormat withPadding(int pixel) {
    return new InputFormat(
        width, height, color, placement, pixel, scale, mean, std, pixelType, memoryLayout, batch);
  }

  public InputFormat withScale(double factor) {
    return new InputFormat(
        width,
        height,
        color,
        placement,
        padding,
        factor,
        mean,
        std,
        pixelType,
        memoryLayout,
        batch);
  }

  public InputFormat withNormalization(List<Double> newMean, List<Double> newStd) {
    return new InputFormat(
        width,
        height,
        color,
        placement,
        padding,
        scale,
        newMean,
        newStd,
        pixelType,
        memoryLayout,
        batch);
  }

  public InputFormat withPixelType(PixelType type) {
    return new InputFormat(
        width, height, color, placement, padding, scale, mean, std, type, memoryLayout, batch);
  }

  public InputFormat withMemoryLayout(MemoryLayout layout) {
    return new InputFormat(
        width, height, color, placement, padding, scale, mean, std, pixelType, layout, batch);
  }

  /** The same format with a fixed batch size, or {@link #ANY_BATCH}. */
  public InputFormat withBatch(int images) {
    return new InputFormat(
        width,
        height,
        color,
        placement,
        padding,
        scale,
        mean,
        std,
        pixelType,
        memoryLayout,
        images);
  }
}
