package org.seeql.planner.plan;

/** How predictions become rows. */
public enum ResultShape {
  /** A row a detection. */
  LONG,
  /** A row an image, a column a class with its highest confidence; 0 where it is absent. */
  WIDE,
  /** A row an image, its detections in a JSON column. */
  IMAGE
}
