package org.seeql.planner.plan;

/** The task of a program on an image. */
public enum VisionTask {
  /** Detects objects: boxes with classes. */
  DETECT,
  /** Classifies the whole image. */
  CLASSIFY
}
