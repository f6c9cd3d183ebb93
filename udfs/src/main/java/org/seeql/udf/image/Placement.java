package org.seeql.udf.image;

/**
 * How an image of any aspect ratio is fitted into the model's input. Resizing is bilinear, as in
 * OpenCV.
 */
public enum Placement {
  /** Resized to fit, centred, with padding around it (YOLOv5, YOLOv8). */
  CENTERED,
  /** Resized to fit, in the upper left corner, with padding (YOLOX). */
  TOP_LEFT,
  /** Width and height resized independently (SSD, most classifiers). */
  STRETCH,
  /** Resized to cover the input, then cropped equally on both sides (classifiers). */
  CENTER_CROP
}
