package org.seeql.udf.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.seeql.udf.detect.Detection;

/** Compares detections with a reference, matched by label and best overlap. */
final class Agreement {
  private static final double CONFIDENT = 0.35;

  private int expected;
  private int found;
  private int seen;
  private int right;
  private double iou;
  private double scoreDifference;

  /**
   * Adds an image.
   *
   * @param reference objects with {@code label}, {@code score} and the box
   */
  void add(JsonNode reference, List<Detection> detections) {
    for (JsonNode box : reference) {
      if (box.get("score").asDouble() >= CONFIDENT) {
        expected++;
        found += match(box, detections) ? 1 : 0;
      }
    }
    for (Detection detection : detections) {
      if (detection.score() >= CONFIDENT) {
        seen++;
        for (JsonNode box : reference) {
          if (overlap(box, detection) >= 0.5) {
            right++;
            break;
          }
        }
      }
    }
  }

  private boolean match(JsonNode box, List<Detection> detections) {
    Detection best = null;
    for (Detection d : detections) {
      if (overlap(box, d) >= 0.5 && (best == null || overlap(box, d) > overlap(box, best))) {
        best = d;
      }
    }
    if (best != null) {
      iou += overlap(box, best);
      scoreDifference += Math.abs(best.score() - box.get("score").asDouble());
    }
    return best != null;
  }

  private static double overlap(JsonNode box, Detection d) {
    if (!box.get("label").asText().equals(d.label())) {
      return 0;
    }
    double xMin = box.get("x_min").asDouble();
    double yMin = box.get("y_min").asDouble();
    double xMax = box.get("x_max").asDouble();
    double yMax = box.get("y_max").asDouble();
    double width = Math.min(xMax, d.xMax()) - Math.max(xMin, d.xMin());
    double height = Math.min(yMax, d.yMax()) - Math.max(yMin, d.yMin());
    double both = Math.max(0, width) * Math.max(0, height);
    double area = (d.xMax() - d.xMin()) * (d.yMax() - d.yMin());
    return both / ((xMax - xMin) * (yMax - yMin) + area - both);
  }

  private double recall() {
    return found / (double) expected;
  }

  private double precision() {
    return right / (double) seen;
  }

  private double meanIou() {
    return iou / found;
  }

  private double meanScoreDifference() {
    return scoreDifference / found;
  }

  void assertIsHigh() {
    assertThat(recall()).as("%s", this).isGreaterThanOrEqualTo(0.97);
    assertThat(precision()).as("%s", this).isGreaterThanOrEqualTo(0.97);
    assertThat(meanIou()).as("%s", this).isGreaterThanOrEqualTo(0.95);
    assertThat(meanScoreDifference()).as("%s", this).isLessThanOrEqualTo(0.02);
  }

  @Override
  public String toString() {
    return "%d of %d found, %d of %d right, mean IoU %.4f, mean score difference %.4f"
        .formatted(found, expected, right, seen, meanIou(), meanScoreDifference());
  }
}
