package org.seeql.datasets.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The values of objects in label files: fractions of the width and height of the image. Pure. */
final class YoloLabels {
  private static final ObjectMapper JSON = new ObjectMapper();

  // 1e-12 of the largest image is less than a millionth of a pixel.
  private static final int DECIMALS = 12;
  private static final int SHORTEST_POLYGON = 6;

  private YoloLabels() {}

  /** The size of an image in pixels. */
  record Size(int width, int height) {}

  /** Centre, width and height of a box. */
  static String box(double x, double y, double width, double height, Size image) {
    return numbers(
        new double[] {
          (x + width / 2) / image.width(),
          (y + height / 2) / image.height(),
          width / image.width(),
          height / image.height()
        });
  }

  /** The corners of a box as a polygon. */
  static String corners(double x, double y, double width, double height, Size image) {
    double[] points = {x, y, x + width, y, x + width, y + height, x, y + height};
    return numbers(fractions(points, 2, image));
  }

  /**
   * The outline of an object. The parts of an object that is divided are connected by lines, which
   * enclose no area.
   *
   * @param segmentation as in COCO; null if there is none
   * @return empty if it is not a list of polygons
   */
  static Optional<String> polygon(String segmentation, Size image) {
    List<double[]> parts = new ArrayList<>();
    if (segmentation != null) {
      for (JsonNode part : tree(segmentation)) {
        if (part.isArray() && part.size() >= SHORTEST_POLYGON && part.size() % 2 == 0) {
          parts.add(numbers(part));
        }
      }
    }
    return parts.stream()
        .reduce(YoloLabels::connected)
        .map(points -> numbers(fractions(points, 2, image)));
  }

  /**
   * x, y and visibility of each keypoint.
   *
   * @param extra a JSON object with the field {@code keypoints}, as in COCO; may be null
   * @param count missing keypoints are written as not labelled
   */
  static String keypoints(String extra, int count, Size image) {
    double[] points = new double[3 * count];
    JsonNode values = extra == null ? JSON.createArrayNode() : tree(extra).path("keypoints");
    for (int i = 0; i < Math.min(points.length, values.size()); i++) {
      points[i] = values.get(i).asDouble();
    }
    return numbers(fractions(points, 3, image));
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return JSON.createArrayNode();
    }
  }

  private static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.get(i).asDouble();
    }
    return numbers;
  }

  /**
   * Inserts a part into an outline at their nearest points: along the outline to this point, once
   * around the part, back to the point, and along the rest of the outline.
   */
  private static double[] connected(double[] outline, double[] part) {
    int from = 0;
    int to = 0;
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < outline.length; i += 2) {
      for (int j = 0; j < part.length; j += 2) {
        double distance = Math.hypot(outline[i] - part[j], outline[i + 1] - part[j + 1]);
        if (distance < nearest) {
          nearest = distance;
          from = i;
          to = j;
        }
      }
    }
    double[] all = new double[outline.length + part.length + 4];
    int at = from + 2;
    System.arraycopy(outline, 0, all, 0, at);
    for (int i = 0; i <= part.length; i += 2) {
      all[at++] = part[(to + i) % part.length];
      all[at++] = part[(to + i) % part.length + 1];
    }
    System.arraycopy(outline, from, all, at, outline.length - from);
    return all;
  }

  private static double[] fractions(double[] pixels, int step, Size image) {
    double[] fractions = pixels.clone();
    for (int i = 0; i < pixels.length; i += step) {
      fractions[i] /= image.width();
      fractions[i + 1] /= image.height();
    }
    return fractions;
  }

  private static String numbers(double[] values) {
    StringBuilder text = new StringBuilder();
    for (double value : values) {
      text.append(text.isEmpty() ? "" : " ").append(number(value));
    }
    return text.toString();
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value)
        .setScale(DECIMALS, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
