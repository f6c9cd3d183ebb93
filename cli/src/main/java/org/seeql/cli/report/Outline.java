package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seeql.udf.detect.GeometryKind;

/**
 * The mask, the key points or the corners of an object, as SVG in pixels of the original image. It
 * contains numbers only.
 *
 * @param path the data of a path; empty for key points
 * @param points the visible key points
 */
record Outline(GeometryKind kind, String path, List<Point> points) {
  /** A mask is drawn in at most so many columns, so that a page stays small. */
  private static final int COLUMNS = 160;

  /** Less certain key points are not drawn, as in Ultralytics' plots. */
  private static final double VISIBLE = 0.25;

  private static final ObjectMapper JSON = new ObjectMapper();

  Outline {
    requireNonNull(kind, "kind is null");
    requireNonNull(path, "path is null");
    points = List.copyOf(points);
  }

  /** A key point. */
  record Point(String x, String y) {}

  /** Reads a value of a result; empty if it is not in the format of this version. */
  static Optional<Outline> of(GeometryKind kind, String json) {
    try {
      JsonNode value = JSON.readTree(json);
      return switch (kind) {
        case NONE -> Optional.empty();
        case MASK -> Optional.of(mask(value));
        case KEYPOINTS -> Optional.of(new Outline(kind, "", points(value)));
        case CORNERS -> Optional.of(corners(value));
      };
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty(); // altered by another program
    }
  }

  private static Outline corners(JsonNode value) {
    StringBuilder path = new StringBuilder();
    for (JsonNode point : value) {
      path.append(path.isEmpty() ? "M" : " L")
          .append(number(point.path(0).asDouble()))
          .append(' ')
          .append(number(point.path(1).asDouble()));
    }
    return new Outline(GeometryKind.CORNERS, path + " Z", List.of());
  }

  private static List<Point> points(JsonNode value) {
    List<Point> points = new ArrayList<>();
    for (JsonNode point : value) {
      boolean isNumber = point.path(0).isNumber() && point.path(1).isNumber();
      if (isNumber && point.path(2).asDouble(1) >= VISIBLE) {
        points.add(new Point(number(point.path(0).asDouble()), number(point.path(1).asDouble())));
      }
    }
    return points;
  }

  /** Draws every n-th column of the mask, n pixels wide. */
  private static Outline mask(JsonNode value) {
    int height = value.path("size").path(0).asInt();
    int width = value.path("size").path(1).asInt();
    List<Integer> runs = MaskRuns.decode(value.path("counts").asText());
    if (height <= 0 || width <= 0) {
      throw new IllegalArgumentException("a mask without a size");
    }
    int step = Math.max(1, (width + COLUMNS - 1) / COLUMNS);
    StringBuilder path = new StringBuilder();
    long at = 0;
    for (int i = 0; i < runs.size(); i++) {
      long end = at + runs.get(i);
      if (i % 2 == 1) {
        append(path, at, end, height, step);
      }
      at = end;
    }
    return new Outline(GeometryKind.MASK, path.toString(), List.of());
  }

  /** Appends the parts of a run of pixels that are in a drawn column. */
  private static void append(StringBuilder path, long from, long end, int height, int step) {
    for (long column = from / height; column <= (end - 1) / height; column++) {
      if (column % step == step / 2) {
        long top = Math.max(from, column * height) - column * height;
        long bottom = Math.min(end, (column + 1) * height) - column * height;
        path.append('M')
            .append(column - step / 2)
            .append(' ')
            .append(top)
            .append('h')
            .append(step)
            .append('v')
            .append(bottom - top)
            .append("h-")
            .append(step)
            .append('z');
      }
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
