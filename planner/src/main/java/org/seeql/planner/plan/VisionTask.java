package org.seeql.planner.plan;

/** What a program does with an image. */
public enum VisionTask {
  /** Finds objects: boxes with classes. */
  DETECT,
  /** Says what the whole image shows. */
  CLASSIFY
}
