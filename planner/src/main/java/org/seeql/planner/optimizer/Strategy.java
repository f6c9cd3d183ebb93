package org.seeql.planner.optimizer;

import java.util.Locale;

/** How models are chosen, and in which order they run. */
public enum Strategy {
  /**
   * The most accurate model for each class, chosen one class at a time; every model sees all
   * images.
   */
  BASELINE,
  /** The best combination of models; every model sees all images. */
  BASIC,
  /** The best combination in one fixed order; an image skips models that it no longer needs. */
  ORDER,
  /** The best combination, with the best next model for what is known of each image. */
  OPTIMAL;

  /** The keyword in options and plans. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
