package org.seeql.cli.report;

import org.seeql.planner.plan.VisionTask;

/**
 * The words of the pages about matches, which depend on the task of the model.
 *
 * @param answer what a model returns
 * @param subject what has a label
 * @param unanswered a subject without an answer
 * @param confusion how to read the confusion matrix
 * @param drawing how to read the pictures
 * @param right when a subject is answered correctly
 * @param onlyA the heading of the subjects that only the first answers correctly
 * @param wrongA the heading of the wrong answers of the first
 */
record MatchWords(
    String answer,
    String subject,
    String unanswered,
    String predicted,
    String confusion,
    String drawing,
    String right,
    String onlyA,
    String onlyB,
    String wrongA) {
  private static final MatchWords DETECTOR =
      new MatchWords(
          "detection",
          "object",
          "not detected",
          "detected class",
          "Each object is in one cell of its row. The last row has the detections that match no"
              + " object.",
          " Detections are solid, objects are dashed.",
          "An object is detected if a detection with enough score and overlap matches it.",
          "only A detects",
          "only B detects",
          "false positives of A");

  private static final MatchWords CLASSIFIER =
      new MatchWords(
          "answer",
          "image",
          "no answer",
          "answered class",
          "Each image is in one cell of its row.",
          "",
          "An image is answered correctly if its class with the highest score is its label.",
          "only A is right",
          "only B is right",
          "wrong answers of A");

  private static final MatchWords TAGGER =
      new MatchWords(
          "tag",
          "label",
          "not tagged",
          "tag",
          "Each class that an image shows is in one cell of its row. The last row has the tags of"
              + " classes that their images do not show.",
          "",
          "A class that an image shows is tagged if its score is high enough.",
          "only A tags",
          "only B tags",
          "false positives of A");

  /** The words for a task whose evaluations can have matches. */
  static MatchWords of(VisionTask task) {
    return switch (task) {
      case DETECT -> DETECTOR;
      case CLASSIFY -> CLASSIFIER;
      case TAG -> TAGGER;
      case EMBED -> throw EvaluationView.vectors();
    };
  }

  /** The plural. */
  String answers() {
    return answer + "s";
  }

  /** The plural. */
  String subjects() {
    return subject + "s";
  }
}
