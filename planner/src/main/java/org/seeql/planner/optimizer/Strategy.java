package org.seeql.planner.optimizer;

import java.util.List;
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
  OPTIMAL,
  /**
   * Several models per class, from cheap to expensive, each with two thresholds; see {@link
   * org.seeql.planner.cascade}.
   */
  CASCADE;

  /** The strategies of {@link ModelChooser}: a model answers a class with yes or no. */
  public static final List<Strategy> OF_ANSWERS = List.of(BASELINE, BASIC, ORDER, OPTIMAL);

  /** The error if a strategy is used where only {@link #OF_ANSWERS} apply. */
  IllegalArgumentException notSupported() {
    return new IllegalArgumentException("models are not chosen by answers with strategy " + word());
  }

  /** The keyword in options and plans. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
