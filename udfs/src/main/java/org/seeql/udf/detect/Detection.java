package org.seeql.udf.detect;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * An object that a model detects in an image.
 *
 * @param score from 0 to 1
 * @param xMin in pixels of the original image (rotated according to EXIF, unless that is ignored),
 *     from its left edge; all four coordinates are inside the image
 * @param geometry what the model reports in addition to the box
 */
public record Detection(
    int classId,
    String label,
    float score,
    float xMin,
    float yMin,
    float xMax,
    float yMax,
    Geometry geometry)
    implements Serializable {
  public Detection {
    requireNonNull(label, "label is null");
    requireNonNull(geometry, "geometry is null");
  }

  /** A detection of a model that reports only boxes. */
  public Detection(
      int classId, String label, float score, float xMin, float yMin, float xMax, float yMax) {
    this(classId, label, score, xMin, yMin, xMax, yMax, Geometry.NONE);
  }

  /** The same object with another class. */
  Detection withClass(int newId, String newLabel) {
    return new Detection(newId, newLabel, score, xMin, yMin, xMax, yMax, geometry);
  }
}
