package org.seeql.planner.option;

/** How predictions are arranged in rows. */
public enum ResultShape {
  /** One row per detection. */
  LONG,
  /**
   * One row per image and one column per class with its highest confidence, or 0 if it is absent.
   */
  WIDE,
  /** One row per image, with its detections in a JSON column. */
  IMAGE
}
