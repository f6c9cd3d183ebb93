package org.seeql.udf.detect;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.Serializable;
import java.util.List;

/**
 * What a model reports of an object in addition to its box. Pixels are those of the original image
 * (rotated according to EXIF, unless that is ignored); the origin is its upper left corner.
 */
public sealed interface Geometry extends Serializable {
  /** Of a model that reports only boxes. */
  Geometry NONE = new BoxOnly();

  GeometryKind kind();

  /** The value as a JSON document. A number that is not finite is {@code null}. */
  String json();

  /** Nothing in addition to the box. */
  record BoxOnly() implements Geometry {
    private static final long serialVersionUID = 1;

    @Override
    public GeometryKind kind() {
      return GeometryKind.NONE;
    }

    @Override
    public String json() {
      return "null";
    }
  }

  /**
   * The pixels of an object.
   *
   * @param height of the original image in pixels
   * @param width of the original image in pixels
   * @param counts COCO's compressed run lengths of the pixels, column by column
   * @see <a
   *     href="https://github.com/cocodataset/cocoapi/blob/master/common/maskApi.h">maskApi.h</a>
   */
  record Mask(int height, int width, String counts) implements Geometry {
    private static final long serialVersionUID = 1;

    public Mask {
      requireNonNull(counts, "counts is null");
    }

    @Override
    public GeometryKind kind() {
      return GeometryKind.MASK;
    }

    /** COCO's run-length encoding. The only character of counts with an escape is a backslash. */
    @Override
    public String json() {
      return "{\"size\":[%d,%d],\"counts\":\"%s\"}"
          .formatted(height, width, counts.replace("\\", "\\\\"));
    }
  }

  /**
   * The key points of an object, in the order of the model.
   *
   * @param points x and y in pixels, inside the image; then the confidence, 0 to 1, if the model
   *     reports it
   */
  record Keypoints(List<List<Float>> points) implements Geometry {
    private static final long serialVersionUID = 1;

    public Keypoints {
      points = points.stream().map(List::copyOf).toList();
    }

    @Override
    public GeometryKind kind() {
      return GeometryKind.KEYPOINTS;
    }

    @Override
    public String json() {
      return array(points);
    }
  }

  /**
   * The corners of an oriented box, which can be outside the image.
   *
   * @param points x and y of the four corners in pixels: the lowest (of two, the right one), then
   *     anticlockwise as seen in the image
   */
  record Corners(List<List<Float>> points) implements Geometry {
    private static final long serialVersionUID = 1;

    public Corners {
      points = points.stream().map(List::copyOf).toList();
    }

    @Override
    public GeometryKind kind() {
      return GeometryKind.CORNERS;
    }

    @Override
    public String json() {
      return array(points);
    }
  }

  private static String array(List<List<Float>> points) {
    return points.stream()
        .map(point -> point.stream().map(Geometry::number).collect(joining(",", "[", "]")))
        .collect(joining(",", "[", "]"));
  }

  private static String number(float value) {
    return Float.isFinite(value) ? Float.toString(value) : "null";
  }
}
