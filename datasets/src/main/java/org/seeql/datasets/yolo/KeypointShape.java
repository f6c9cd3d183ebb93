package org.seeql.datasets.yolo;

/**
 * The keypoints of each object, {@code kpt_shape} in the YAML file.
 *
 * @param count the number of keypoints
 * @param values 2 (x, y) or 3 (x, y, visibility) for each keypoint
 */
record KeypointShape(int count, int values) {
  private static final int MAX_COUNT = 999;

  KeypointShape {
    if (count < 1 || count > MAX_COUNT || values < 2 || values > 3) {
      throw new IllegalArgumentException("count or values is out of range");
    }
  }

  /** The number of values in a line, without the class and the box. */
  int length() {
    return count * values;
  }
}
