package org.seeql.planner.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a program or a model does with an image. Whatever depends on the task is chosen by a switch
 * expression without {@code default}, so that a new task breaks each of them at compile time.
 */
public enum VisionTask {
  /** Detects objects: boxes with classes. */
  DETECT,
  /** Classifies the whole image: the classes exclude each other. */
  CLASSIFY,
  /** Finds the classes that apply to the whole image: none, one or several. */
  TAG,
  /** Computes a vector for the whole image. */
  EMBED;

  /** The task with that name, as {@link #toString} writes it. */
  public static Optional<VisionTask> find(String name) {
    return Arrays.stream(values()).filter(task -> task.toString().equals(name)).findFirst();
  }

  /** The name in programs, tables and messages: {@code detect}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
