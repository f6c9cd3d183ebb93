package org.seeql.udf.detect;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * An object that a model detects in an image.
 *
 * @param score from 0 to 1
 * @param xMin in pixels of the original image (rotated according to EXIF, unless that is ignored),
 *     from its left edge; all four coordinates are inside the image
 */
public record Detection(
    int classId, String label, float score, float xMin, float yMin, float xMax, float yMax)
    implements Serializable {
  public Detection {
    requireNonNull(label, "label is null");
  }
}
