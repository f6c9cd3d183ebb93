package org.seeql.udf.image;

/** How an image of any shape becomes the model's rectangle. Resizing is bilinear, as OpenCV's. */
public enum Placement {
  /** Shrunk or enlarged to fit, in the middle, the rest padded (YOLOv5, YOLOv8). */
  CENTERED,
  /** Shrunk or enlarged to fit, in the upper left corner, the rest padded (YOLOX). */
  TOP_LEFT,
  /** Width and height resized each on its own (SSD, most classifiers). */
  STRETCH,
  /** Resized to cover, and what sticks out on both sides cut off (classifiers). */
  CENTER_CROP
}
