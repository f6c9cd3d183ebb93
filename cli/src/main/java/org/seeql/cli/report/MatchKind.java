package org.seeql.cli.report;

import java.util.Arrays;
import org.seeql.udf.evaluate.ObjectMatch.Cause;
import org.seeql.udf.evaluate.ObjectMatch.Outcome;

/** The kinds of matches that the page of an evaluation distinguishes. */
enum MatchKind {
  FOUND(0, Outcome.TRUE_POSITIVE.word(), "c9", "a detection that matches an object"),
  MISSED(1, Outcome.MISSED.word(), "c0", "an object that no detection matches"),
  WRONG_CLASS(2, Cause.WRONG_CLASS.word(), "c8", "a detection on an object of another class"),
  POOR_OVERLAP(
      3, Cause.POOR_OVERLAP.word(), "c4", "a detection that overlaps its object too little"),
  DUPLICATE(4, Cause.DUPLICATE.word(), "c2", "a second detection of an object"),
  BACKGROUND(5, Cause.BACKGROUND.word(), "c1", "a detection where no object is");

  /** In SQL: the word of a row of the table of matches. */
  static final String SQL = "COALESCE(cause, outcome)";

  private final int place;
  private final String word;
  private final String css;
  private final String meaning;

  MatchKind(int place, String word, String css, String meaning) {
    this.place = place;
    this.word = word;
    this.css = css;
    this.meaning = meaning;
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

  String meaning() {
    return meaning;
  }

  /** The CSS class that sets the colour. */
  String css() {
    return css;
  }
}
