package org.seeql.planner.plan;

import org.seeql.planner.option.Option;

/** How an argument of a foreign program maps to SeeQL's options. */
enum ArgumentConversion {
  /** A list of class ids: the program predicts only these classes. */
  CLASS_IDS,
  /** A delay for every image, in seconds. */
  LATENCY_SECONDS,
  /** Every n-th detection gets a random class. */
  WRONG_CLASS_EVERY,
  /** The number of a model with its own latency, accuracy and classes: {@code experiment_N}. */
  MODEL_NUMBER;

  /** What the names of numbered models begin with. */
  static final String NUMBERED = "experiment_";

  Option apply(Option argument) {
    return switch (this) {
      case CLASS_IDS -> new Option("class_coverage", argument.value(), argument.origin());
      case LATENCY_SECONDS -> new Option("latency", argument.value() + "s", argument.origin());
      case WRONG_CLASS_EVERY ->
          new Option("accuracy", accuracyOf(argument.value()), argument.origin());
      case MODEL_NUMBER ->
          new Option("model", NUMBERED + argument.value().strip(), argument.origin());
    };
  }

  private static String accuracyOf(String every) {
    try {
      return Double.toString(1 - 1 / Double.parseDouble(every));
    } catch (NumberFormatException e) {
      return every; // refused later with the other options, with the value as written
    }
  }
}
