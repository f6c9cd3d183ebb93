package org.seeql.planner.optimizer;

import java.util.Locale;

/** How models are chosen and in which order they run. */
public enum Strategy {
  /** The most accurate model for each class, one class after the other; every image sees all. */
  BASELINE,
  /** The best combination; every image sees all its models. */
  BASIC,
  /** The best combination and one order; an image skips what it no longer needs. */
  ORDER,
  /** The best combination, and the best next model for what is known of each image. */
  OPTIMAL;

  /** As it is written in options and plans. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
