package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;

/** The input that a model requires, and how an image is converted to it. Immutable. */
public record InputFormat(TensorFormat tensor, ImageConversion conversion) implements Serializable {
  private static final long serialVersionUID = 1L;

  public InputFormat {
    requireNonNull(tensor, "tensor is null");
    requireNonNull(conversion, "conversion is null");
  }

  /** Float32 NCHW, RGB, 0 to 1, centred letterbox, any batch: the input of YOLOv5 and YOLOv8. */
  public static InputFormat rgb(int width, int height) {
    return new InputFormat(
        new TensorFormat(
            width, height, PixelType.FLOAT32, MemoryLayout.NCHW, TensorFormat.ANY_BATCH),
        new ImageConversion(
            ColorOrder.RGB,
            Placement.CENTERED,
            ImageConversion.PADDING,
            1 / 255.0,
            List.of(0.0, 0.0, 0.0),
            List.of(1.0, 1.0, 1.0)));
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

  /** The width of an image of the input, in pixels. */
  public int width() {
    return tensor.width();
  }

  /** The height of an image of the input, in pixels. */
  public int height() {
    return tensor.height();
  }

  /** The only batch size that the model accepts; empty if it accepts all. */
  public OptionalInt fixedBatch() {
    return tensor.fixedBatch();
  }

  /** The size of one image of the input, in bytes. */
  public int bytesPerImage() {
    return tensor.bytesPerImage();
  }

  /** The same conversion to another tensor. */
  public InputFormat withTensor(TensorFormat other) {
    return new InputFormat(other, conversion);
  }

  public InputFormat withSize(int newWidth, int newHeight) {
    return withTensor(
        new TensorFormat(
            newWidth, newHeight, tensor.pixelType(), tensor.memoryLayout(), tensor.batch()));
  }

  public InputFormat withPixelType(PixelType type) {
    return withTensor(
        new TensorFormat(width(), height(), type, tensor.memoryLayout(), tensor.batch()));
  }

  public InputFormat withMemoryLayout(MemoryLayout layout) {
    return withTensor(
        new TensorFormat(width(), height(), tensor.pixelType(), layout, tensor.batch()));
  }

  /** The same format with a fixed batch size, or {@link TensorFormat#ANY_BATCH}. */
  public InputFormat withBatch(int images) {
    return withTensor(
        new TensorFormat(width(), height(), tensor.pixelType(), tensor.memoryLayout(), images));
  }

  /** The same tensor with another conversion of images to it. */
  public InputFormat withConversion(ImageConversion other) {
    return new InputFormat(tensor, other);
  }

  public InputFormat withColor(ColorOrder order) {
    ImageConversion c = conversion;
    return withConversion(
        new ImageConversion(order, c.placement(), c.padding(), c.scale(), c.mean(), c.std()));
  }

  public InputFormat withPlacement(Placement placement) {
    ImageConversion c = conversion;
    return withConversion(
        new ImageConversion(c.color(), placement, c.padding(), c.scale(), c.mean(), c.std()));
  }

  public InputFormat withScale(double factor) {
    ImageConversion c = conversion;
    return withConversion(
        new ImageConversion(c.color(), c.placement(), c.padding(), factor, c.mean(), c.std()));
  }

  public InputFormat withNormalization(List<Double> mean, List<Double> std) {
    ImageConversion c = conversion;
    return withConversion(
        new ImageConversion(c.color(), c.placement(), c.padding(), c.scale(), mean, std));
  }
}
