package org.seeql.udf.detect;

/**
 * Determines which boxes are kept.
 *
 * @param confidence the minimum score, 0 to 1
 * @param iou overlap, 0 to 1, above which the weaker of two boxes of one class is dropped
 * @param maxDetections the number of boxes kept per image, the best
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
