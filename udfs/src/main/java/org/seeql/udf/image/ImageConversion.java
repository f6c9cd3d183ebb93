package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * How the pixels of an image become the values of a model's input. Immutable.
 *
 * <p>The value of a channel is {@code (pixel * scale - mean) / std}, with pixel from 0 to 255.
 *
 * @param padding the pixel value, 0 to 255, around a letterboxed image
 * @param scale 1/255 or 1
 * @param mean per channel, in the order of {@code color}
 * @param std per channel, in the order of {@code color}
 */
public record ImageConversion(
    ColorOrder color,
    Placement placement,
    int padding,
    double scale,
    List<Double> mean,
    List<Double> std)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The padding value with which YOLOv5, YOLOv8 and YOLOX are trained. */
  public static final int PADDING = 114;

  public ImageConversion {
    requireNonNull(color, "color is null");
    requireNonNull(placement, "placement is null");
    mean = List.copyOf(mean);
    std = List.copyOf(std);
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
  }
}
