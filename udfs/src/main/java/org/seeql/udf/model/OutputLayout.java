package org.seeql.udf.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a model's output is read. B is the batch, N the number of candidate boxes, C the number of
 * classes; boxes are in pixels of the model's input.
 */
public enum OutputLayout {
  /**
   * {@code [B, N, 5+C]}: centre x, centre y, width, height, objectness, C class probabilities. Also
   * YOLOv3's and YOLOv7's.
   */
  YOLOV5,
  /** {@code [B, 4+C, N]}: centre x, centre y, width, height, C class probabilities. */
  YOLOV8,
  /**
   * {@code [B, N, 5+C]} like {@link #YOLOV5}, but raw: centres are offsets in grid cells and sizes
   * are logarithms, for grids of strides 8, 16 and 32 in this order.
   */
  YOLOX,
  /**
   * An image a triple of {@code boxes [N, 4]} (x min, y min, x max, y max), {@code labels [N]} and
   * {@code scores [N]}, after the model's own non-maximum suppression.
   */
  TORCHVISION,
  /** {@code [B, C]}: a probability or a logit a class. */
  CLASSIFICATION;

  /** The layout of that name in any case; {@code yolov3} and {@code yolov7} are {@link #YOLOV5}. */
  public static Optional<OutputLayout> find(String name) {
    String lower = name.trim().toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "yolov3", "yolov5", "yolov7" -> Optional.of(YOLOV5);
      case "yolov8", "yolov9", "yolov11", "yolo11", "yolov12", "yolo12" -> Optional.of(YOLOV8);
      case "yolox" -> Optional.of(YOLOX);
      case "torchvision" -> Optional.of(TORCHVISION);
      case "classification" -> Optional.of(CLASSIFICATION);
      default -> Optional.empty();
    };
  }

  /** Whether a prediction is boxes rather than one list of classes an image. */
  public boolean detects() {
    return this != CLASSIFICATION;
  }

  /**
   * The tensor that is read: the first of the layout's number of axes. Some exports give more, such
   * as YOLOv5's feature maps.
   */
  public OutputTensor predictions(List<OutputTensor> outputs) {
    int axes = this == CLASSIFICATION ? 2 : 3;
    return outputs.stream()
        .filter(tensor -> tensor.shape().size() == axes)
        .findFirst()
        .orElseThrow(
            () ->
                new InferenceException(
                    "Cannot read the output as %s: it is %s, and a tensor of %d axes is wanted"
                        .formatted(this, outputs, axes)));
  }

  /** The name as an option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
