package org.seeql.cli.report;

import java.util.Arrays;
import java.util.Optional;
import org.seeql.planner.plan.VisionTask;
import org.seeql.udf.evaluate.ObjectMatch.Cause;
import org.seeql.udf.evaluate.ObjectMatch.Outcome;

/** The kinds of matches that the page of an evaluation distinguishes. */
enum MatchKind {
  FOUND(
      0,
      Outcome.TRUE_POSITIVE.word(),
      "c9",
      "a detection that matches an object",
      Optional.of("an answer that is the label of its image"),
      Optional.of("a tag of a class that the image shows")),
  MISSED(
      1,
      Outcome.MISSED.word(),
      "c0",
      "an object that no detection matches",
      Optional.of("a label that is not the answer to its image"),
      Optional.of("a class that the image shows, without a tag")),
  WRONG_CLASS(
      2,
      Cause.WRONG_CLASS.word(),
      "c8",
      "a detection on an object of another class",
      Optional.of("an answer that is not the label of its image"),
      Optional.empty()),
  POOR_OVERLAP(
      3, Cause.POOR_OVERLAP.word(), "c4", "a detection that overlaps its object too little"),
  DUPLICATE(4, Cause.DUPLICATE.word(), "c2", "a second detection of an object"),
  BACKGROUND(
      5,
      Cause.BACKGROUND.word(),
      "c1",
      "a detection where no object is",
      Optional.empty(),
      Optional.of("a tag of a class that the image does not show"));

  /** In SQL: the word of a row of the table of matches. */
  static final String SQL = "COALESCE(cause, outcome)";

  private final int place;
  private final String word;
  private final String css;
  private final String ofDetector;
  private final Optional<String> ofClassifier;
  private final Optional<String> ofTagger;

  /** A kind that occurs for detectors only. */
  MatchKind(int place, String word, String css, String ofDetector) {
    this(place, word, css, ofDetector, Optional.empty(), Optional.empty());
  }

  MatchKind(
      int place,
      String word,
      String css,
      String ofDetector,
      Optional<String> ofClassifier,
      Optional<String> ofTagger) {
    this.place = place;
    this.word = word;
    this.css = css;
    this.ofDetector = ofDetector;
    this.ofClassifier = ofClassifier;
    this.ofTagger = ofTagger;
  }

  static MatchKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown kind of match: " + word));
  }

  /** The index among the kinds, and the number in the page's script. */
  int place() {
    return place;
  }

  /** The word in the table. */
  String word() {
    return word;
  }

  /** What it means for a model of a task; empty if it cannot occur. */
  Optional<String> meaning(VisionTask task) {
    return switch (task) {
      case DETECT -> Optional.of(ofDetector);
      case CLASSIFY -> ofClassifier;
      case TAG -> ofTagger;
      case EMBED -> Optional.empty();
    };
  }

  /** The CSS class that sets the colour. */
  String css() {
    return css;
  }
}
