package org.seeql.udf.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Geometry;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.Letterbox;

/**
 * The boxes of an image above the confidence threshold, in pixels of the model's input. Not
 * thread-safe.
 */
class Candidates {
  private static final int BOX = 4;

  private float[] boxes = new float[64 * BOX];
  private float[] scores = new float[64];
  private int[] classes = new int[64];
  private int size;

  /** Adds a box by its centre and size. */
  final void addCentred(float x, float y, float width, float height, int classId, float score) {
    add(x - width / 2, y - height / 2, x + width / 2, y + height / 2, classId, score);
  }

  /**
   * Adds a box by its corners.
   *
   * @throws org.seeql.udf.InferenceException if the score exceeds 1
   */
  final void add(float xMin, float yMin, float xMax, float yMax, int classId, float score) {
    ClassScores.check(score);
    if (size == scores.length) {
      boxes = Arrays.copyOf(boxes, 2 * boxes.length);
      scores = Arrays.copyOf(scores, 2 * size);
      classes = Arrays.copyOf(classes, 2 * size);
    }
    boxes[size * BOX] = xMin;
    boxes[size * BOX + 1] = yMin;
    boxes[size * BOX + 2] = xMax;
    boxes[size * BOX + 3] = yMax;
    scores[size] = score;
    classes[size] = classId;
    size++;
  }

  /** The index of the next candidate. */
  final int size() {
    return size;
  }

  /** A box in pixels of the original image. */
  record PixelBox(float xMin, float yMin, float xMax, float yMax) {}

  /** What is known of a candidate in addition to its box. Called only for those that are kept. */
  Geometry geometry(int candidate, Letterbox letterbox, PixelBox box) {
    return Geometry.NONE;
  }

  /** The result of class-wise non-maximum suppression, the best first. */
  final List<Detection> suppressed(
      Thresholds thresholds, Letterbox letterbox, List<String> labels) {
    return detections(
        kept(thresholds.iou(), thresholds.maxDetections()),
        thresholds.maxDetections(),
        letterbox,
        labels);
  }

  /** All boxes, the best first, for a model whose boxes need no suppression. */
  final List<Detection> best(Thresholds thresholds, Letterbox letterbox, List<String> labels) {
    return detections(byScore(), thresholds.maxDetections(), letterbox, labels);
  }

  /**
   * Greedy suppression: each kept box removes the weaker boxes of its class that overlap it too
   * much. A box is compared only with kept boxes, so even thousands of candidates are fast.
   */
  private int[] kept(double iou, int max) {
    int[] kept = new int[Math.min(max, size)];
    int count = 0;
    for (int candidate : byScore()) {
      if (count == kept.length) {
        break;
      }
      if (!overlapsOneOf(kept, count, candidate, iou)) {
        kept[count++] = candidate;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  private boolean overlapsOneOf(int[] kept, int count, int candidate, double iou) {
    for (int i = 0; i < count; i++) {
      if (classes[kept[i]] == classes[candidate] && overlap(kept[i], candidate) > iou) {
        return true;
      }
    }
    return false;
  }

  /** Intersection over union of two boxes; 0 if neither has an area. */
  float overlap(int first, int second) {
    int a = first * BOX;
    int b = second * BOX;
    float width = Math.min(boxes[a + 2], boxes[b + 2]) - Math.max(boxes[a], boxes[b]);
    float height = Math.min(boxes[a + 3], boxes[b + 3]) - Math.max(boxes[a + 1], boxes[b + 1]);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    float common = width * height;
    return common / (area(a) + area(b) - common);
  }

  private float area(int box) {
    return (boxes[box + 2] - boxes[box]) * (boxes[box + 3] - boxes[box + 1]);
  }

  /** Equal scores stay in insertion order, so that the result does not depend on the sort. */
  private int[] byScore() {
    return IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> -scores[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Classes without a label are kept. */
  private static String label(int id, List<String> labels) {
    return id >= 0 && id < labels.size() ? labels.get(id) : "class " + id;
  }

  private List<Detection> detections(
      int[] chosen, int max, Letterbox letterbox, List<String> labels) {
    List<Detection> detections = new ArrayList<>(Math.min(max, chosen.length));
    for (int i : chosen) {
      if (detections.size() == max) {
        break;
      }
      float xMin = letterbox.imageX(boxes[i * BOX]);
      float yMin = letterbox.imageY(boxes[i * BOX + 1]);
      float xMax = letterbox.imageX(boxes[i * BOX + 2]);
      float yMax = letterbox.imageY(boxes[i * BOX + 3]);
      // a box in the padding has no area in the image
      if (xMax > xMin && yMax > yMin) {
        int id = classes[i];
        Geometry geometry = geometry(i, letterbox, new PixelBox(xMin, yMin, xMax, yMax));
        detections.add(
            new Detection(id, label(id, labels), scores[i], xMin, yMin, xMax, yMax, geometry));
      }
    }
    return List.copyOf(detections);
  }
}
