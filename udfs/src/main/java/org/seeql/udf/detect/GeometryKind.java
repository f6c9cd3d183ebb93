package org.seeql.udf.detect;

import java.util.Locale;

/** What a model reports of an object in addition to its box. */
public enum GeometryKind {
  /** Only the box. */
  NONE,
  MASK,
  KEYPOINTS,
  CORNERS;

  /**
   * The name of the column or field that contains it: {@code mask}, {@code keypoints}, {@code
   * corners}.
   */
  public String column() {
    if (this == NONE) {
      throw new IllegalStateException("a box has no further column");
    }
    return name().toLowerCase(Locale.ROOT);
  }
}
