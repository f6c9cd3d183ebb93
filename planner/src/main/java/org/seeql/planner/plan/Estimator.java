package org.seeql.planner.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of models that TO TRAIN trains. */
public enum Estimator {
  /** Chooses one class for an image. */
  CLASSIFIER(VisionTask.CLASSIFY),
  /** Returns all classes that apply to an image. */
  TAGGER(VisionTask.TAG);

  private final VisionTask task;

  Estimator(VisionTask task) {
    this.task = task;
  }

  /** The task of the trained model. */
  public VisionTask task() {
    return task;
  }

  /** The name in a statement. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Estimator> find(String word) {
    return Arrays.stream(values()).filter(e -> e.word().equalsIgnoreCase(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Estimator::word).toList();
  }
}
