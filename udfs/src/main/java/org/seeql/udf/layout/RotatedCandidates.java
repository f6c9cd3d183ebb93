package org.seeql.udf.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * Rotated boxes. Their suppression uses the probabilistic IoU. The detections are the smallest
 * boxes with horizontal and vertical sides that contain them.
 */
final class RotatedCandidates extends Candidates {
  private final List<RotatedBox> boxes = new ArrayList<>();

  /**
   * Adds a box.
   *
   * @throws org.seeql.udf.InferenceException if the score exceeds 1
   */
  void add(RotatedBox box, int classId, float score) {
    boxes.add(box);
    addCentred(box.x(), box.y(), box.hullWidth(), box.hullHeight(), classId, score);
  }

  @Override
  float overlap(int first, int second) {
    return boxes.get(first).probabilisticIou(boxes.get(second));
  }
}
