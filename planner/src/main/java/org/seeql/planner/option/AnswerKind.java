package org.seeql.planner.option;

/** What a run determines for an image. Each kind depends on other options. */
public enum AnswerKind {
  /** The objects that one detector detects. */
  DETECTION,
  /** The classes that one classifier returns. */
  CLASSIFICATION,
  /** The classes that one tagger returns. */
  TAGGING,
  /** The vector that one model returns. */
  EMBEDDING,
  /** Whether the image satisfies the condition of TO FIND. */
  SEARCH
}
