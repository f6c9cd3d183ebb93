package org.seeql.udf.detect;

/**
 * Which boxes are kept.
 *
 * @param confidence the least score, 0 to 1
 * @param iou above which the weaker of two boxes of one class is dropped, 0 to 1
 * @param maxDetections the most of an image, the best
 */
public record Thresholds(double confidence, double iou, int maxDetections) {
  public Thresholds {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("Invalid confidence: " + confidence + " (0 to 1)");
    }
    if (!(iou >= 0 && iou <= 1)) {
      throw new IllegalArgumentException("Invalid iou: " + iou + " (0 to 1)");
    }
    if (maxDetections < 1) {
      throw new IllegalArgumentException("Invalid maxDetections: " + maxDetections + " (from 1)");
    }
  }
}
